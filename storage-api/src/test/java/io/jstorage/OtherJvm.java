package io.jstorage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own, of which only the program prints to the standard output. */
public final class OtherJvm {
  private OtherJvm() {}

  /** Runs a main method on the class path of the tests; see {@link #outputOf(List)}. */
  public static List<String> outputOf(String option, Class<?> main)
      throws IOException, InterruptedException {
    return outputOf(List.of(option, "-cp", System.getProperty("java.class.path"), main.getName()));
  }

  /** Runs java, fails unless it exits with 0, and returns the lines that the program printed. */
  public static List<String> outputOf(List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Warnings of the JVM go where all else goes that the JVM has to say.
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr"));
    command.addAll(arguments);
    Path errors = Files.createTempFile("other-jvm", ".txt");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      assertThat(status).as("%s%n%s", output, Files.readString(errors)).isZero();
      return output.lines().toList();
    } finally {
      Files.delete(errors);
    }
  }
}
