package io.jstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.provider.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files, services and tests that the pages name exist. */
class DocsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern SERVICE = Pattern.compile("`(storage\\.[a-z.0-9]*[a-z0-9])`");
  private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w*(?:Test|Contract))`");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|Contract))\\.(\\w+)`");
  private static final Pattern PROMISES =
      Pattern.compile("(?m)^\\| promise \\| shown by \\|\n\\|---\\|---\\|\n((?:\\|.*\n)+)");

  private static final Path ROOT = Repository.root();

  private static String page(String name) throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve(name));
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }

  /** The sources of all classes by their simple names. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (Path file : Repository.files(ROOT)) {
      String name = file.getFileName().toString();
      if (name.endsWith(".java")) {
        sources.merge(
            name.substring(0, name.length() - ".java".length()),
            Files.readString(ROOT.resolve(file)),
            String::concat);
      }
    }
    return sources;
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    for (Path page : Repository.files(ROOT)) {
      if (page.toString().endsWith(".md")) {
        for (String link : groups(LINK, Files.readString(ROOT.resolve(page)))) {
          assertThat(ROOT.resolve(page).resolveSibling(link)).as("a link in %s", page).exists();
        }
      }
    }
  }

  @Test
  void everyServiceThatIsNamedExists() throws IOException {
    assertThat(groups(SERVICE, page("choosing-a-backend.md") + page("guarantees.md")))
        .hasSizeGreaterThan(20)
        .allSatisfy(name -> assertThat(StorageProvider.load().names()).contains(name));
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Map<String, String> sources = sources();
    String pages = page("guarantees.md") + page("../SECURITY.md");
    assertThat(sources).containsKeys(groups(TEST_CLASS, pages).toArray(String[]::new));
    List<MatchResult> tests = TEST.matcher(pages).results().toList();
    assertThat(tests)
        .hasSizeGreaterThan(50)
        .allSatisfy(
            test ->
                assertThat(sources.get(test.group(1)))
                    .as(test.group())
                    .contains("void " + test.group(2) + "("));
  }

  @Test
  void everyPromiseNamesATest() throws IOException {
    List<String> tables = groups(PROMISES, page("guarantees.md"));
    assertThat(tables).hasSizeGreaterThan(5);
    for (String table : tables) {
      assertThat(table.lines())
          .isNotEmpty()
          .allSatisfy(row -> assertThat(row.substring(row.indexOf('|', 1))).containsPattern(TEST));
    }
  }
}
