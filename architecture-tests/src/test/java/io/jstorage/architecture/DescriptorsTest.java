package io.jstorage.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.jstorage.spi.ByteTransformFactory;
import io.jstorage.spi.CodecFactory;
import io.jstorage.spi.StorageFactory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rules for the exports, opens and provides of each part; a violation is seen. */
class DescriptorsTest {
  static final List<Part> PARTS = Part.ALL;

  private static final JavaClasses ALL = Part.classes(Part.ALL);
  private static final String SERVICES = "META-INF/services/";

  @ParameterizedTest
  @FieldSource("PARTS")
  void aPartExportsWhatIsNotInternal(Part part) {
    Set<String> openTo =
        part.equals(Part.TESTKIT) ? Set.of("org.junit.platform.commons") : Set.<String>of();
    assertThat(Descriptors.wrongExports(part.module().descriptor(), openTo)).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("PARTS")
  void everyFactoryIsRegisteredTwice(Part part) throws IOException {
    assertThat(
            Descriptors.wrongRegistrations(
                part.module().descriptor(), services(part), factories(part)))
        .isEmpty();
  }

  @Test
  void allFactoriesTogetherAreThese() {
    assertThat(
            Part.ALL.stream()
                .flatMap(part -> factories(part).values().stream())
                .flatMap(Set::stream))
        .hasSize(29);
  }

  private static Map<String, List<String>> services(Part part) throws IOException {
    Map<String, List<String>> services = new HashMap<>();
    try (ModuleReader reader = part.module().open();
        Stream<String> names = reader.list()) {
      for (String name : names.filter(each -> each.matches(SERVICES + ".+")).toList()) {
        try (InputStream in = reader.open(name).orElseThrow()) {
          String content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          services.put(
              name.substring(SERVICES.length()),
              content.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList());
        }
      }
    }
    return services;
  }

  /** The package of a part's service providers: users name a caching provider, and nothing else. */
  private static String packageOf(Class<?> service, String own) {
    return service == CachingProvider.class ? own : own + ".internal";
  }

  private static Map<String, Set<String>> factories(Part part) {
    String own = part.type().getPackageName();
    Map<String, Set<String>> factories = new HashMap<>();
    for (Class<?> service :
        List.of(
            StorageFactory.class,
            CodecFactory.class,
            ByteTransformFactory.class,
            CachingProvider.class)) {
      Set<String> names =
          ALL.stream()
              .filter(type -> type.isAssignableTo(service))
              .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
              .filter(type -> type.getPackageName().equals(packageOf(service, own)))
              .map(JavaClass::getName)
              .collect(Collectors.toSet());
      if (!names.isEmpty()) {
        factories.put(service.getName(), names);
      }
    }
    return factories;
  }

  @Test
  void anInternalPackageThatIsExportedIsNamed() {
    ModuleDescriptor module =
        ModuleDescriptor.newModule("acme").exports("acme").exports("acme.internal").build();
    assertThat(Descriptors.wrongExports(module, Set.of()))
        .containsExactly("acme.internal is internal and exported");
  }

  @Test
  void aPackageThatIsNotExportedIsNamed() {
    ModuleDescriptor module =
        ModuleDescriptor.newModule("acme").packages(Set.of("acme", "acme.internal")).build();
    assertThat(Descriptors.wrongExports(module, Set.of()))
        .containsExactly("acme is neither internal nor exported");
  }

  @Test
  void aQualifiedExportAndAnOpenPackageAreNamed() {
    ModuleDescriptor module =
        ModuleDescriptor.newModule("acme")
            .exports("acme", Set.of("friend"))
            .opens("acme", Set.of("friend"))
            .build();
    assertThat(Descriptors.wrongExports(module, Set.of()))
        .containsExactly("acme has a qualified export", "acme is open");
    assertThat(Descriptors.wrongExports(module, Set.of("friend")))
        .containsExactly("acme has a qualified export");
    assertThat(Descriptors.wrongExports(ModuleDescriptor.newOpenModule("acme").build(), Set.of()))
        .containsExactly("acme is open as a whole");
  }

  @Test
  void aFactoryThatIsRegisteredOnceIsNamed() {
    ModuleDescriptor module =
        ModuleDescriptor.newModule("acme")
            .provides("acme.Spi", List.of("acme.One", "acme.Gone"))
            .build();
    assertThat(
            Descriptors.wrongRegistrations(
                module,
                Map.of("acme.Spi", List.of("acme.Two")),
                Map.of("acme.Spi", Set.of("acme.One", "acme.Two"))))
        .containsExactly(
            "acme.Two is not in module-info.java",
            "acme.Gone is in module-info.java and is no factory of this part",
            "acme.One is not in META-INF/services");
  }
}
