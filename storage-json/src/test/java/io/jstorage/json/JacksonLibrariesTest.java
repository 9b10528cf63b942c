package io.jstorage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jstorage.Codec;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.cfg.PackageVersion;
import tools.jackson.databind.json.JsonMapper;

/** The versions of Jackson that an application may bring, each with a class loader of its own. */
class JacksonLibrariesTest {
  private static final @Nullable String JARS = System.getProperty("jstorage.jackson.jars");
  private static final String NEWEST = PackageVersion.VERSION.toString();

  @Test
  void theTestsOfThisModuleRunOnTheJacksonThatTheBuildMeans() {
    assertThat(NEWEST).isEqualTo(System.getProperty("jstorage.jackson", NEWEST));
  }

  static Stream<Arguments> aJarThatIsTooOldIsNamedWithItsVersionAndTheOneThatIsNeeded() {
    String annotations = "com.fasterxml.jackson.core:jackson-annotations";
    return Stream.of(
        Arguments.of(
            List.of("core", "databind", "annotations-2.19.2"), annotations, "2.19.2", "2.22"),
        Arguments.of(List.of("core", "databind", "annotations-2.21"), annotations, "2.21", "2.22"),
        Arguments.of(List.of("core", "databind"), annotations, "none", "2.22"),
        Arguments.of(
            List.of("core-3.0.2", "databind", "annotations"),
            "tools.jackson.core:jackson-core",
            "3.0.2",
            NEWEST),
        Arguments.of(
            List.of("core-3.0.2", "databind-3.0.1", "annotations-2.20"),
            "tools.jackson.core:jackson-databind",
            "3.0.1",
            "3.0.2"),
        Arguments.of(List.of(), "tools.jackson.core:jackson-databind", "none", "3.0.2"));
  }

  @ParameterizedTest
  @MethodSource
  void aJarThatIsTooOldIsNamedWithItsVersionAndTheOneThatIsNeeded(
      List<String> jars, String library, String found, String needed) throws Exception {
    assumeThatTheOthersAreThere();
    try (URLClassLoader loader = loader(jars)) {
      for (int use = 0; use < 2; use++) {
        assertThatThrownBy(() -> codecByName(loader))
            .hasMessageMatching(
                ".*\\Q%s\\E: found is (version )?\\Q%s\\E, needed is (version )?\\Q%s\\E.*"
                    .formatted(library, found, needed))
            .extracting(e -> e.getClass().getName())
            .isEqualTo("io.jstorage.InvalidOptionException");
      }
    }
  }

  static Stream<List<String>> jarsThatGoTogetherWork() {
    return Stream.of(
        List.of("core", "databind", "annotations"),
        List.of("core-3.0.2", "databind-3.0.2", "annotations-2.20"));
  }

  @ParameterizedTest
  @MethodSource
  void jarsThatGoTogetherWork(List<String> jars) throws Exception {
    assumeThatTheOthersAreThere();
    try (URLClassLoader loader = loader(jars)) {
      Object codec = codecByName(loader);
      Object json = codec.getClass().getMethod("encode", Object.class).invoke(codec, "a");
      assertThat((byte[]) json).asString().isEqualTo("\"a\"");
    }
  }

  /** As a storage makes it, without knowing any class of Jackson. */
  private static Object codecByName(ClassLoader loader) throws Exception {
    Class<?> type = loader.loadClass("io.jstorage.TypeRef");
    Class<?> options = loader.loadClass("io.jstorage.StorageOptions");
    Class<?> factoryType = loader.loadClass("io.jstorage.spi.CodecFactory");
    Object factory =
        loader
            .loadClass("io.jstorage.json.internal.JsonCodecFactory")
            .getConstructor()
            .newInstance();
    try {
      factoryType.getMethod("options").invoke(factory);
      return factoryType
          .getMethod("create", type, options)
          .invoke(
              factory,
              type.getMethod("of", Class.class).invoke(null, Object.class),
              options.getMethod("none").invoke(null));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** In the run on the oldest Jackson, the newest is not there. */
  private static void assumeThatTheOthersAreThere() {
    assumeTrue(JARS != null && Files.isDirectory(Path.of(JARS)), "the build copies the jars");
    assumeTrue(!NEWEST.equals(System.getProperty("jstorage.jackson.oldest")));
  }

  private static URLClassLoader loader(List<String> jars)
      throws IOException, URISyntaxException, ClassNotFoundException {
    List<URL> urls = new ArrayList<>(List.of(url(JsonCodec.class), url(Codec.class)));
    for (String jar : jars) {
      urls.add(
          switch (jar) {
            case "core" -> url(tools.jackson.core.json.JsonFactory.class);
            case "databind" -> url(JsonMapper.class);
            case "annotations" -> url(com.fasterxml.jackson.annotation.JsonProperty.class);
            default -> Path.of(String.valueOf(JARS), "jackson-" + jar + ".jar").toUri().toURL();
          });
    }
    assertThat(urls).allSatisfy(url -> assertThat(Path.of(url.toURI())).exists());
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static URL url(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
