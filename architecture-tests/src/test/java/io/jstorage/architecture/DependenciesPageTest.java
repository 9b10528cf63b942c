package io.jstorage.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code dependencies.txt} lists what users get with each part. */
class DependenciesPageTest {
  private static final List<String> RESOLVED =
      List.of(
          "",
          "The following files have been resolved:",
          "   io.jstorage:storage-api:jar:1.0.0:compile -- module io.jstorage",
          "   org.assertj:assertj-core:jar:3.27.7:runtime -- module org.assertj.core",
          "   com.tngtech.archunit:archunit:jar:1.5.0:compile (optional) -- module archunit [auto]",
          "   org.junit.jupiter:junit-jupiter:jar:6.1.3:test");

  @Test
  void thePageIsWhatMavenResolves() throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            The run-time dependencies of each artifact, with the licences of third-party ones. The build compares this list with what Maven resolves.
            """);
    Dependencies dependencies = new Dependencies();
    for (Part part : Part.ALL) {
      page.append(dependencies.section(part.artifact(), Dependencies.resolved(part.directory())));
    }
    for (String program : PomTest.PROGRAMS) {
      page.append(dependencies.section(program, Dependencies.resolved(Path.of("..", program))));
    }
    WrittenPage.assertUpToDate("dependencies.txt", page.toString());
  }

  @Test
  void optionalAndTestDependenciesAreLeftOut() {
    assertThat(new Dependencies().section("acme", RESOLVED))
        .isEqualTo(
            "\nacme\n  io.jstorage:storage-api\n  org.assertj:assertj-core:3.27.7 Apache-2.0\n");
    assertThat(new Dependencies().section("acme", RESOLVED.subList(0, 2)))
        .isEqualTo("\nacme\n  nothing\n");
  }

  @Test
  void aLicenceThatNobodyAllowedIsAFailure() {
    Dependencies strict = new Dependencies(Map.of("MIT License", "MIT"));
    assertThatThrownBy(() -> strict.section("acme", RESOLVED))
        .hasMessageContaining("org.assertj:assertj-core:3.27.7 has the licence")
        .hasMessageContaining("which nobody has allowed");
  }
}
