package io.jstorage.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** JVMs that a benchmark starts. */
public final class Jvm {
  private Jvm() {}

  /**
   * Returns the command of a program.
   *
   * @param options those of the JVM
   * @param main the class
   * @param args those of the program
   */
  public static List<String> command(List<String> options, String main, List<String> args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    if (!options.contains("-cp")) {
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    }
    command.add(main);
    command.addAll(args);
    return command;
  }

  /** Returns the entries of the class path in which a regular expression is found. */
  public static String classPath(String regex) {
    Pattern wanted = Pattern.compile(regex);
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> wanted.matcher(entry).find())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Starts a program whose complaints are seen. */
  public static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
  }

  /** Runs a program to its end, and returns the lines that it has printed. */
  public static List<String> run(List<String> command) throws IOException, InterruptedException {
    Process process = start(command);
    List<String> lines;
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      lines = out.lines().toList();
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("%s ended with an error: %s".formatted(command, lines));
    }
    return lines;
  }
}
