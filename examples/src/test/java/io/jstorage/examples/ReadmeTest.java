package io.jstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README and pages like it are right: their Java compiles and prints what comments say. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");
  private static final Pattern SHELL = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Pattern PRINTED =
      Pattern.compile("System\\.out\\.println\\(.*\\); +// (.*)");
  private static final String QUICK_START = "./mvnw -q -Dquickstart";
  private static final String FRAME =
      """
      import io.jstorage.*;
      import io.jstorage.codec.*;
      import io.jstorage.file.*;
      import io.jstorage.json.*;
      import io.jstorage.memory.*;
      import io.jstorage.policy.*;
      import io.jstorage.provider.*;
      import io.jstorage.spi.*;
      import java.io.StringReader;
      import java.math.*;
      import java.net.URLEncoder;
      import java.nio.charset.StandardCharsets;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.stream.*;
      import tools.jackson.databind.SerializationFeature;
      import tools.jackson.databind.json.JsonMapper;
      import javax.cache.*;
      import javax.cache.configuration.*;
      import javax.cache.expiry.CreatedExpiryPolicy;

      final class Snippet%d {
        static void run() throws Exception {
      %s
        }
      }
      """;

  private static final int ATTEMPTS = 3;

  private static Servers servers;

  @TempDir Path directory;

  @BeforeAll
  static void startServers() {
    servers = Servers.start();
  }

  @AfterAll
  static void stopServers() throws IOException {
    servers.close();
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve(".ci")) ? here : Objects.requireNonNull(here.getParent());
  }

  private static List<String> blocks(Pattern fence, String page) throws IOException {
    return fence
        .matcher(Files.readString(root().resolve(page)))
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/getting-started.md",
        "docs/storages.md",
        "docs/expiry.md",
        "docs/policies.md",
        "docs/urls.md",
        "docs/jcache.md"
      })
  void everySnippetCompilesRunsAndPrintsWhatItsCommentsSay(String page) throws Exception {
    List<String> snippets = blocks(JAVA, page);
    assertThat(snippets).isNotEmpty();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--release", "17", "-proc:none", "-d", directory.toString(), "-cp", classPath()));
    List<String> expected = new ArrayList<>();
    StringBuilder calls = new StringBuilder();
    for (int i = 0; i < snippets.size(); i++) {
      arguments.add(write("Snippet" + i, FRAME.formatted(i, servers.inPlaceOf(snippets.get(i)))));
      calls.append("Snippet%d.run();".formatted(i));
      PRINTED.matcher(snippets.get(i)).results().map(ReadmeTest::comment).forEach(expected::add);
    }
    arguments.add(
        write(
            "All",
            "class All { public static void main(String[] a) throws Exception { %s } }"
                .formatted(calls)));
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, complaints, arguments.toArray(String[]::new));
    assertThat(status).describedAs(complaints.toString(StandardCharsets.UTF_8)).isZero();
    List<String> printed = runIn("work");
    for (int i = 1; i < ATTEMPTS && isTooLate(printed, expected); i++) {
      printed = runIn("work" + i);
    }
    assertThat(printed).isEqualTo(expected);
  }

  /**
   * Whether {@code false} was printed in place of {@code true}, and nothing else differs: an entry
   * that lives for a second may be gone after a pause of the machine.
   */
  private static boolean isTooLate(List<String> printed, List<String> expected) {
    return !printed.equals(expected)
        && printed.size() == expected.size()
        && IntStream.range(0, printed.size())
            .filter(i -> !printed.get(i).equals(expected.get(i)))
            .allMatch(i -> printed.get(i).equals("false") && expected.get(i).equals("true"));
  }

  private static String comment(MatchResult line) {
    return line.group(1).strip();
  }

  private String write(String className, String source) throws IOException {
    return Files.writeString(directory.resolve(className + ".java"), source).toString();
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private List<String> runIn(String ownDirectory) throws Exception {
    Path output = directory.resolve("output.txt");
    Path errors = directory.resolve("errors.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:disable",
                "-cp",
                directory + File.pathSeparator + classPath(),
                "All")
            .directory(Files.createDirectory(directory.resolve(ownDirectory)).toFile())
            .redirectError(errors.toFile())
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    List<String> lines = Files.readAllLines(output);
    assertThat(process.exitValue()).describedAs(Files.readString(errors)).isZero();
    return lines;
  }

  @Test
  void ciRunsTheCommandsOfTheReadme() throws IOException {
    List<String> commands = blocks(SHELL, "README.md");
    String build = Files.readString(root().resolve(".ci").resolve("run"));
    assertThat(commands.stream().map(String::strip))
        .startsWith(QUICK_START)
        .contains("./mvnw verify", "outside/run");
    assertThat(build).contains("\n./mvnw verify", "\noutside/run", "$(" + QUICK_START + ")");
  }
}
