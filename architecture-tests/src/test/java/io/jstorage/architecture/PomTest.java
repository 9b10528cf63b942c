package io.jstorage.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The POMs say what Maven Central asks, and the build reads Javadoc as strictly as it can. */
class PomTest {
  static final List<String> MODULES = modules();

  static final List<Part> PARTS = Part.ALL;

  private static final Pom PARENT = Pom.read(Path.of("../pom.xml"));
  private static final List<String> NOT_PUBLISHED =
      List.of(
          "test-jvm",
          "test-files",
          "test-redis",
          "test-s3",
          "examples",
          "architecture-tests",
          "soak");

  /** Published to be run, and no library: in no BOM, and without a module. */
  static final List<String> PROGRAMS = List.of("storage-cli");

  @TempDir Path directory;

  private static List<String> modules() {
    return Pom.read(Path.of("../pom.xml")).all("modules/module").stream()
        .map(module -> module.element().getTextContent())
        .toList();
  }

  private static Pom pom(String module) {
    return Pom.read(Path.of("..", module, "pom.xml"));
  }

  private static Pom plugin(Stream<Pom> plugins, String artifactId) {
    return plugins
        .filter(each -> each.text("artifactId").equals(artifactId))
        .findFirst()
        .orElseThrow();
  }

  private static boolean skips(String module, String goal) {
    return pom(module).text("properties/maven." + goal + ".skip").equals("true");
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void metadataRequiredByCentralIsPresent(String module) {
    Pom pom = pom(module);
    Pom parent = pom.text("parent/artifactId").isEmpty() ? null : PARENT;
    assertThat(PomMetadata.missing(pom, parent)).isEmpty();
  }

  @Test
  void theParentIsAsComplete() {
    assertThat(PomMetadata.missing(PARENT, null)).isEmpty();
    assertThat(PomMetadata.appended(PARENT)).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void onlyWhatIsNotPublishedGoesWithoutJavadoc(String module) {
    assertThat(skips(module, "javadoc")).isEqualTo(NOT_PUBLISHED.contains(module));
    assertThat(skips(module, "deploy")).isEqualTo(NOT_PUBLISHED.contains(module));
  }

  @Test
  void everyPartIsAModuleAndInTheBom() {
    List<String> parts = Part.ALL.stream().map(Part::artifact).toList();
    List<String> managed =
        pom("bom").all("dependencyManagement/dependencies/dependency").stream()
            .map(each -> each.text("artifactId"))
            .toList();
    assertThat(managed).containsExactlyInAnyOrderElementsOf(parts);
    assertThat(MODULES)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(List.of("bom"), parts, PROGRAMS, NOT_PUBLISHED)
                .flatMap(List::stream)
                .toList());
  }

  @ParameterizedTest
  @FieldSource("PARTS")
  void everyJarHasALimit(Part part) {
    assertThat(pom(part.artifact()).text("properties/jar.limit")).matches("[0-9]{5,6}");
  }

  @Test
  void theBuildFailsOverALimit() {
    Pom enforcer = plugin(PARENT.all("build/plugins/plugin").stream(), "maven-enforcer-plugin");
    assertThat(
            enforcer.all("executions/execution").stream()
                .map(each -> each.text("configuration/rules/requireFilesSize/maxsize")))
        .contains("${jar.limit}");
  }

  @Test
  void javadocIsReadWithAllChecksButThatOfTheCompilerAndWarningsAreErrors() {
    Pom javadoc =
        plugin(
            PARENT.all("build/pluginManagement/plugins/plugin").stream(), "maven-javadoc-plugin");
    assertThat(javadoc.text("configuration/doclint")).isEqualTo("all,-missing");
    assertThat(javadoc.text("configuration/failOnWarnings")).isEqualTo("true");
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void onlyTheKitIsPublishedWithoutACommentForEachMember(String module) {
    if (!NOT_PUBLISHED.contains(module) && !module.equals("storage-testkit")) {
      assertThat(pom(module).text("properties/doclint.except")).isEmpty();
    }
  }

  @Test
  void theCompilerReadsTheCommentsOfAllThatUsersSee() {
    Pom compiler =
        plugin(
            PARENT.all("profiles/profile").stream()
                .filter(profile -> profile.text("id").equals("checks"))
                .flatMap(profile -> profile.all("build/plugins/plugin").stream()),
            "maven-compiler-plugin");
    assertThat(compiler.text("executions/execution/id")).isEqualTo("default-compile");
    String arguments = compiler.text("executions/execution/configuration/compilerArgs");
    assertThat(arguments).contains("-Xdoclint:all/protected${doclint.except}");
    Set<String> exported =
        Part.ALL.stream()
            .flatMap(part -> part.module().descriptor().exports().stream())
            .map(Exports::source)
            .collect(Collectors.toSet());
    assertThat(Pattern.compile("(?<=-)io\\.jstorage[.a-z0-9]*").matcher(arguments).results())
        .as("packages whose comments are not read")
        .isNotEmpty()
        .extracting(MatchResult::group)
        .doesNotContainAnyElementsOf(exported);
  }

  @Test
  void missingMetadataIsNamed() throws IOException {
    Path file = directory.resolve("pom.xml");
    Files.writeString(
        file,
        """
        <project>
          <artifactId>acme</artifactId>
          <name>Acme</name>
          <licenses><license><name>MIT</name></license></licenses>
          <scm child.scm.url.inherit.append.path="false"><connection>scm:git:acme</connection></scm>
        </project>
        """);
    Pom pom = Pom.read(file);
    assertThat(PomMetadata.missing(pom, PARENT)).containsExactly("description");
    assertThat(PomMetadata.missing(pom, null))
        .contains(
            "description", "url", "licenses/license/url", "developers/developer/name", "scm/url")
        .doesNotContain("name", "scm/connection");
    assertThat(PomMetadata.appended(pom))
        .containsExactly(
            "child.project.url.inherit.append.path",
            "child.scm.connection.inherit.append.path",
            "child.scm.developerConnection.inherit.append.path");
  }
}
