package io.jstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The quick start as it is started from a shell; what stands in the pipe is all that it says. */
class QuickStartProcessTest {
  private static final String MAIN = "io.jstorage.examples.QuickStart";

  /** The path of a user: our modules and their dependencies, but nothing of the tests. */
  private static final String RUNTIME_PATH =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(
              entry ->
                  entry.matches(
                      ".*(storage-(api|jdk|json|memory|file)|jackson-|examples.target.classes).*"))
          .filter(entry -> !entry.matches(".*(test-classes|storage-testkit).*"))
          .collect(Collectors.joining(File.pathSeparator));

  private record Result(int status, String output) {}

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static Result resultOf(Process process) throws Exception {
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      return new Result(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts it again if the machine paused for as long as an entry lives. */
  private static void assertThatAllWentWell(Process process, String... arguments) throws Exception {
    Result result = resultOf(process);
    for (int i = 1;
        i < QuickStartTest.ATTEMPTS && result.output().contains(QuickStartTest.TOO_LATE);
        i++) {
      result = resultOf(start(arguments));
    }
    assertThat(result.output())
        .contains("names() is [acme.heap, storage.disklru, storage.json, storage.lru, ")
        .contains("storage.serialized, storage.serialized.gzip, storage.volatile]")
        .contains("its content is {\"text\":\"Hello World!\"}")
        .contains("All 9 steps did what they say.")
        .doesNotContain("waiting", "WARNING", "Exception");
    assertThat(result.status()).isZero();
  }

  @Test
  void itRunsOnTheClassPathAndOnTheModulePath() throws Exception {
    // Both at once, as each waits for an entry to expire.
    String[] onClassPath = {"-cp", RUNTIME_PATH, MAIN};
    String[] onModulePath = {"-p", RUNTIME_PATH, "-m", "io.jstorage.examples/" + MAIN};
    Process ofClasses = start(onClassPath);
    Process ofModules = start(onModulePath);
    try {
      assertThatAllWentWell(ofClasses, onClassPath);
      assertThatAllWentWell(ofModules, onModulePath);
    } finally {
      ofClasses.destroyForcibly();
      ofModules.destroyForcibly();
    }
  }

  @Test
  void theExitStatusTellsAFailure() throws Exception {
    Result result =
        resultOf(start("-p", RUNTIME_PATH, "-m", "io.jstorage.examples/" + MAIN, "nosuch:"));
    assertThat(result.output()).contains("FAILED: ").contains("nosuch");
    assertThat(result.status()).isEqualTo(1);
  }
}
