package io.jstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jstorage.redis.server.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program on a terminal of the system, which {@code script} makes. */
@EnabledOnOs(OS.LINUX)
class RealTerminalTest {
  private static final String PASSWORD = "s3cret-of-the-test";

  @TempDir Path root;

  @BeforeEach
  void requireScript() throws Exception {
    assumeTrue(isThere("script") && isThere("stty"));
  }

  private static boolean isThere(String program) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + program)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /** A terminal and the program on it; its output and its errors are one stream. */
  private static Process onTerminal(int columns, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.jstorage.cli.Main"));
    command.addAll(List.of(args));
    String quoted =
        command.stream()
            .map(each -> "'" + each.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    ProcessBuilder script =
        new ProcessBuilder(
            "script",
            "--quiet",
            "--return",
            "--command",
            "stty cols %d && exec %s".formatted(columns, quoted),
            "/dev/null");
    script.environment().put("SHELL", "/bin/sh");
    script.environment().put("NO_COLOR", "1");
    return script.redirectErrorStream(true).start();
  }

  private static String screenOf(Process process) throws Exception {
    String screen = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(screen).isZero();
    return screen;
  }

  /** Reads until a text has come. */
  private static String readUntil(InputStream in, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int c = in.read();
      if (c < 0) {
        break;
      }
      read.append((char) c);
    }
    return read.toString();
  }

  private String files(String name) {
    return "json:" + root.resolve(name) + "?durability=none";
  }

  private void fill(int count) throws IOException {
    Path directory = Files.createDirectory(root.resolve("a"));
    for (int i = 0; i < count; i++) {
      Files.writeString(directory.resolve("k%d.storage.json".formatted(i)), "[" + i + "]");
    }
  }

  @Test
  void picturesAndProgressFitTheColumnsThatThereAre() throws Exception {
    fill(50);
    for (int columns : List.of(20, 60)) {
      List<String> picture = screenOf(onTerminal(columns, "stats", files("a"))).lines().toList();
      int from = picture.indexOf("Sizes");
      assertThat(from).as(picture.toString()).isPositive();
      assertThat(picture.subList(from, picture.size()))
          .anyMatch(line -> line.contains("█"))
          .allMatch(line -> line.length() <= columns);
      String copy = screenOf(onTerminal(columns, "cp", files("a"), files("to" + columns)));
      assertThat(copy).contains("\r", "Copied 50 entries").doesNotContain("\u001b");
      assertThat(copy.split("[\r\n]+", -1))
          .filteredOn(line -> !line.startsWith("Copied"))
          .allMatch(line -> line.length() < columns);
    }
  }

  @Test
  void aPasswordIsAskedForAndNotShown() throws Exception {
    try (RedisServer redis = RedisServer.builder().password(PASSWORD).start()) {
      redis.call("SET", "jstorage:k", "1");
      Process listing = onTerminal(80, "ls", "-W", "redis://" + redis + "?timeout=30s");
      InputStream screen = listing.getInputStream();
      String before = readUntil(screen, "Password: ");
      try (OutputStream keys = listing.getOutputStream()) {
        keys.write((PASSWORD + "\n").getBytes(UTF_8));
        keys.flush();
        String after = screenOf(listing);
        assertThat(after.lines()).contains("k");
        assertThat(before + after).doesNotContain(PASSWORD);
      }
    }
  }

  @Test
  void aQuestionIsAskedAndAnsweredWithNo() throws Exception {
    fill(3);
    Process removal = onTerminal(80, "rm", "--prefix", "k", files("a"));
    String before = readUntil(removal.getInputStream(), "[y/N] ");
    assertThat(before).contains("Remove 3 entries from json:");
    try (OutputStream keys = removal.getOutputStream()) {
      keys.write("n\n".getBytes(UTF_8));
      keys.flush();
      String after = new String(removal.getInputStream().readAllBytes(), UTF_8);
      assertThat(after).contains("Nothing was removed.");
      assertThat(removal.waitFor()).isEqualTo(1);
    }
    assertThat(Run.of("ls", files("a")).lines()).hasSize(3);
  }
}
