package io.jstorage.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A script of {@code src/test/python} that runs in the Python of this machine, if it has one. */
final class Python implements AutoCloseable {
  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  private Python(Process process) {
    this.process = process;
    this.in = process.outputWriter(StandardCharsets.US_ASCII);
    this.out = process.inputReader(StandardCharsets.US_ASCII);
  }

  static Python run(String script) {
    ProcessBuilder builder =
        new ProcessBuilder(System.getProperty("jstorage.python", "python3"), script)
            .directory(Path.of("src/test/python").toFile())
            .redirectErrorStream(true);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    try {
      return new Python(builder.start());
    } catch (IOException e) {
      return Assumptions.abort("there is no Python: " + e.getMessage());
    }
  }

  /** Writes lines, ends the input, and returns what is printed until the end. */
  List<String> answer(String lines) throws IOException {
    in.write(lines);
    in.close();
    return out.lines().toList();
  }

  /** Writes a line, and returns the line that is printed for it. */
  String ask(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
    String answer = out.readLine();
    assertThat(answer).as("Python has ended").isNotNull();
    return answer == null ? "" : answer;
  }

  @Override
  public void close() throws IOException {
    in.close();
    out.close();
    process.destroy();
  }
}
