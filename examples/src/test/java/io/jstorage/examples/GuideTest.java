package io.jstorage.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A reader who follows the guide ends with the project that is built and tested, and with nothing
 * else.
 */
class GuideTest {
  private static final Pattern FILE =
      Pattern.compile("(?ms)^\\*\\*`([^`]+)`\\*\\*, (\\d+) lines?\n\n```\\w*\n(.*?)^```$");
  private static final Pattern TOTAL =
      Pattern.compile("(\\d+) lines in (\\d+) files, of which the store has\\s(\\d+)");
  private static final Pattern TEST_OF_TABLE = Pattern.compile("`(a[A-Z]\\w+|the\\w+|it\\w+)`");

  private static final Path GUIDE = Repository.root().resolve("docs/writing-a-backend.md");
  private static final Path PROJECT = Repository.root().resolve("outside/h2-backend");

  private static Map<String, String> filesOfTheGuide() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    FILE.matcher(Files.readString(GUIDE))
        .results()
        .forEach(file -> files.put(file.group(1), file.group(3)));
    return files;
  }

  private static Map<String, String> filesOfTheProject() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (Path file : Repository.files(PROJECT)) {
      files.put(file.toString().replace('\\', '/'), Files.readString(PROJECT.resolve(file)));
    }
    return files;
  }

  @Test
  void everyFileOfTheProjectStandsInTheGuideAsItIs() throws IOException {
    assertThat(filesOfTheGuide())
        .isNotEmpty()
        .containsExactlyInAnyOrderEntriesOf(filesOfTheProject());
  }

  @Test
  void theLinesAreCounted() throws IOException {
    String guide = Files.readString(GUIDE);
    FILE.matcher(guide)
        .results()
        .forEach(file -> assertThat(file.group(3).lines()).hasSize(number(file, 2)));
    Map<String, String> files = filesOfTheProject();
    MatchResult total = TOTAL.matcher(guide).results().findFirst().orElseThrow();
    assertThat(files.values().stream().flatMap(String::lines)).hasSize(number(total, 1));
    assertThat(files).hasSize(number(total, 2));
    String store = files.get("src/main/java/com/example/h2backend/H2Store.java");
    assertThat(requireNonNull(store).lines()).hasSize(number(total, 3));
  }

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }

  @Test
  void theTestsThatItNamesExist() throws IOException {
    Path kit = Repository.root().resolve("storage-testkit/src/main/java");
    StringBuilder tests = new StringBuilder(String.join("", filesOfTheProject().values()));
    for (Path file : Repository.files(kit)) {
      tests.append(Files.readString(kit.resolve(file)));
    }
    String prose = FILE.matcher(Files.readString(GUIDE)).replaceAll("");
    assertThat(TEST_OF_TABLE.matcher(prose).results().map(match -> match.group(1)))
        .hasSizeGreaterThan(5)
        .allSatisfy(name -> assertThat(tests).contains("void " + name + "()"));
  }
}
