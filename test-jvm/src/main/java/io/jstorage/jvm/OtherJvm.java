package io.jstorage.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs Java programs in other JVMs, on the JDK of the tests, and returns their output. Warnings of
 * a JVM are kept out of the output of its program.
 */
public final class OtherJvm {
  /**
   * The result of a program that exited with 0.
   *
   * @param lines the lines that it printed to the standard output
   * @param errors the text that it and its JVM printed to the standard error
   */
  public record Output(List<String> lines, String errors) {}

  /** How long a program may take before it is killed. */
  private static final int MINUTES = 5;

  private OtherJvm() {}

  /** Runs a main method on the class path of the tests; see {@link #outputOf(List)}. */
  public static List<String> outputOf(String option, Class<?> main)
      throws IOException, InterruptedException {
    return outputOf(List.of(option, "-cp", System.getProperty("java.class.path"), main.getName()));
  }

  /** Runs java, fails unless it exits with 0, and returns the lines that the program printed. */
  public static List<String> outputOf(List<String> arguments)
      throws IOException, InterruptedException {
    return run(arguments).lines();
  }

  /** Runs java, and fails unless it exits with 0. */
  public static Output run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Warnings of the JVM go to the standard error, not between the lines of the program.
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr"));
    command.addAll(arguments);
    Path printed = Files.createTempFile("other-jvm", ".txt");
    Path complaints = Files.createTempFile("other-jvm", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(printed.toFile())
              .redirectError(complaints.toFile())
              .start();
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly().waitFor();
      String output = Files.readString(printed);
      String errors = Files.readString(complaints);
      if (!ended || process.exitValue() != 0) {
        String what =
            ended
                ? "exited with %d instead of 0".formatted(process.exitValue())
                : "did not exit within %d minutes".formatted(MINUTES);
        throw new AssertionError(
            "the program %s%nstandard output:%n%s%nstandard error:%n%s"
                .formatted(what, output, errors));
      }
      return new Output(output.lines().toList(), errors);
    } finally {
      Files.delete(printed);
      Files.delete(complaints);
    }
  }
}
