package io.jstorage.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own on the class path of the tests. */
final class OtherJvm {
  private OtherJvm() {}

  /** Runs a main method, fails unless it exits with 0, and returns the lines that it printed. */
  static List<String> outputOf(String option, Class<?> main)
      throws IOException, InterruptedException {
    Path errors = Files.createTempFile("other-jvm", ".txt");
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  // Warnings of the JVM go where all else goes that the JVM has to say.
                  "-Xlog:disable",
                  "-Xlog:all=warning:stderr",
                  option,
                  "-cp",
                  System.getProperty("java.class.path"),
                  main.getName())
              .redirectError(errors.toFile())
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      assertThat(status).as("%s%n%s", output, Files.readString(errors)).isZero();
      return output.lines().toList();
    } finally {
      Files.delete(errors);
    }
  }
}
