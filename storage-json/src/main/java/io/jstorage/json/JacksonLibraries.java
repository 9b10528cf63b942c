package io.jstorage.json;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Version;

/**
 * Reports which of Jackson's jars is too old, in place of a linkage error. The parent of an
 * application often decides on these versions without knowing of this library: one that manages
 * Jackson 2 manages the annotations too, which both lines share.
 */
final class JacksonLibraries {
  private static final String OLDEST = "3.0.2";

  private static final String ANNOTATIONS = "com.fasterxml.jackson.annotation.";

  private static volatile boolean checked;

  private JacksonLibraries() {}

  /**
   * Fails unless Jackson's jars are new enough and go together.
   *
   * @throws IllegalStateException naming the library, the version found and the version needed
   */
  static void check() {
    if (!checked) {
      check(tools.jackson.databind.cfg.PackageVersion.VERSION);
      checked = true;
    }
  }

  private static void check(Version databind) {
    if (isTooOld(databind)) {
      throw wrong("tools.jackson.core:jackson-databind", databind, OLDEST + " or later");
    }
    Version core = tools.jackson.core.json.PackageVersion.VERSION;
    if (core.getMinorVersion() < databind.getMinorVersion() || isTooOld(core)) {
      throw wrong("tools.jackson.core:jackson-core", core, databind + ", as jackson-databind is");
    }
    String annotations = missingAnnotations(databind.getMinorVersion());
    if (annotations != null) {
      throw wrong(
          "com.fasterxml.jackson.core:jackson-annotations",
          annotationsVersion(),
          "%s or later, as jackson-databind is %s".formatted(annotations, databind));
    }
  }

  /** 3.0.0 and 3.0.1 read bytes that are not UTF-8 as text. */
  private static boolean isTooOld(Version version) {
    return version.getMinorVersion() == 0 && version.getPatchLevel() < 2;
  }

  /** No class of the annotations knows their version, so newer classes are looked for. */
  private static @Nullable String missingAnnotations(int minorVersion) {
    if (minorVersion >= 2 && find("JsonApplyView").isEmpty()) {
      return "2.22";
    }
    if (minorVersion == 1 && find("JsonSerializeAs").isEmpty()) {
      return "2.21";
    }
    return find("JsonProperty").isEmpty() ? "2.20" : null;
  }

  private static Optional<Class<?>> find(String annotation) {
    // Jackson's own loader: the annotations that it finds are those that count.
    ClassLoader loader = tools.jackson.databind.cfg.PackageVersion.class.getClassLoader();
    try {
      return Optional.of(Class.forName(ANNOTATIONS + annotation, false, loader));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /** For the message only. It may be missing from jars that were merged into one. */
  private static String annotationsVersion() {
    return find("JsonProperty")
        .map(
            any ->
                Optional.ofNullable(any.getModule().getDescriptor())
                    .flatMap(ModuleDescriptor::rawVersion)
                    .orElseGet(() -> mavenVersion(any)))
        .orElse("none");
  }

  private static String mavenVersion(Class<?> any) {
    String unknown = "an older one";
    String file = "/META-INF/maven/com.fasterxml.jackson.core/jackson-annotations/pom.properties";
    try (InputStream in = any.getResourceAsStream(file)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", unknown);
    } catch (IOException e) {
      return unknown;
    }
  }

  private static IllegalStateException wrong(String library, Object found, String needed) {
    return new IllegalStateException(
        ("the codec json cannot use %s: found is %s, needed is %s. Name that version in the"
                + " build file of the application, as its parent or another BOM may have chosen it")
            .formatted(library, found, needed));
  }
}
