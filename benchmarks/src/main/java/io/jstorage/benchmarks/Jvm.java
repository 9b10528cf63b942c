package io.jstorage.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVMs that a benchmark starts. */
final class Jvm {
  private Jvm() {}

  /**
   * Starts a program on the class path of this one, whose complaints are seen.
   *
   * @param options those of the JVM
   */
  static Process start(List<String> options, String main, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(main);
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
  }

  /** Runs a program to its end, and returns the lines that it has printed. */
  static List<String> run(List<String> options, String main, String... args)
      throws IOException, InterruptedException {
    return linesOf(start(options, main, args));
  }

  /** Waits for the end of a program, and returns the lines that it has printed. */
  static List<String> linesOf(Process process) throws IOException, InterruptedException {
    List<String> lines;
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      lines = out.lines().toList();
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "%s ended with an error: %s".formatted(process.info(), lines));
    }
    return lines;
  }
}
