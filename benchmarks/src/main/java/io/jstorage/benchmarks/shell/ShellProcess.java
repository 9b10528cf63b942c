package io.jstorage.benchmarks.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shell in a JVM of its own, with the options of its image. */
final class ShellProcess {
  private ShellProcess() {}

  /** Runs a command and returns how many lines it has printed. */
  static long run(String heap, List<String> args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.jstorage.cli.Main"));
    command.addAll(args);
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    long lines;
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      lines = out.lines().count();
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(args + " ended with an error");
    }
    return lines;
  }
}
