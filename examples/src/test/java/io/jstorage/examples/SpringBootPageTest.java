package io.jstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on Spring Boot says what the applications in {@code outside} are built of. */
class SpringBootPageTest {
  private static final Path ROOT = Repository.root();
  private static final List<String> LINES = List.of("3.5", "4.1");
  private static final Pattern BLOCK = Pattern.compile("(?s)```(xml|java)\n(.*?)```");
  private static final Pattern SECTION = Pattern.compile("(?m)^## .*$");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z0-9-]+)`[^|]*\\| `[^|]+\\|[^|]+\\|([^|]+)\\|([^|]+)\\|$");
  private static final Pattern VERSION = Pattern.compile("(?:.*set )?([0-9.]+).*");

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/spring-boot.md"));
  }

  private static String file(String line, String name) throws IOException {
    return Files.readString(ROOT.resolve("outside/boot-" + line).resolve(name));
  }

  @Test
  void itsPiecesStandInTheApplicationsOfTheirLine() throws IOException {
    int pieces = 0;
    for (String section : SECTION.splitAsStream(page()).toList()) {
      for (var block : BLOCK.matcher(section).results().toList()) {
        for (String line : linesOf(section)) {
          String name =
              block.group(1).equals("xml")
                  ? "pom.xml"
                  : "src/main/java/com/example/boot/Application.java";
          for (String part : block.group(2).split("\n\n", -1)) {
            assertThat(file(line, name)).as(line).contains(part.stripTrailing());
            pieces++;
          }
        }
      }
    }
    assertThat(pieces).isGreaterThan(6);
  }

  /** Those that a section is about: one of them if it stands alone, or both. */
  private static List<String> linesOf(String section) throws IOException {
    String page = page();
    String title = page.substring(0, page.indexOf(section)).lines().reduce("", (a, b) -> b);
    List<String> named = LINES.stream().filter(title::contains).toList();
    return named.isEmpty() ? LINES : named;
  }

  @Test
  void itsTableHasTheVersionsThatAreInTheJars() throws IOException {
    var rows = ROW.matcher(page()).results().toList();
    assertThat(rows).hasSizeGreaterThan(8);
    for (var row : rows) {
      for (int i = 0; i < LINES.size(); i++) {
        var version = VERSION.matcher(row.group(2 + i).strip());
        assertThat(version.matches()).as(row.group()).isTrue();
        assertThat(file(LINES.get(i), "expected.txt").lines())
            .contains(row.group(1) + "-" + version.group(1).replaceFirst("\\.$", ""));
      }
    }
  }

  @Test
  void itNamesTheReleasesOfTheParents() throws IOException {
    for (String line : LINES) {
      var release = Pattern.compile("<version>(%s\\.\\d+)</version>".formatted(line));
      var matcher = release.matcher(file(line, "pom.xml"));
      assertThat(matcher.find()).isTrue();
      assertThat(page()).contains("| Boot " + matcher.group(1) + " |");
    }
  }
}
