package io.jstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example as its page says, in processes of their own. */
@Timeout(300)
class NearPricesTest {
  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(NearPrices.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void set(String url, String price) throws Exception {
    Process writer = start(url, "set", "apple", price);
    assertThat(writer.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(writer.exitValue()).isZero();
  }

  private static void awaitLine(BufferedReader output, String end) throws IOException {
    String line;
    do {
      line = output.readLine();
      assertThat(line).as("the output up to '%s'", end).isNotNull();
    } while (!line.endsWith(end));
  }

  @Test
  void oneProgramSeesWhatAnotherWrites() throws Exception {
    try (Servers servers = Servers.start()) {
      String url = servers.redisUrl();
      Process watcher = start(url, "watch", "apple");
      try (BufferedReader output =
          new BufferedReader(
              new InputStreamReader(watcher.getInputStream(), StandardCharsets.UTF_8))) {
        awaitLine(output, "apple is not known");
        set(url, "1.20");
        awaitLine(output, "apple is 1.20");
        set(url, "1.30");
        awaitLine(output, "apple is 1.30");
        set(url, "end");
        awaitLine(output, "apple is end");
        assertThat(watcher.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(watcher.exitValue()).isZero();
      } finally {
        watcher.destroyForcibly();
      }
    }
  }
}
