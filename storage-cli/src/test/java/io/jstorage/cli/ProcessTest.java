package io.jstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.spi.Storages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: its memory, its pipes, its signals. */
class ProcessTest {
  private static final String MAIN = "io.jstorage.cli.Main";

  @TempDir Path root;

  private ProcessBuilder shell(List<String> options, String... args) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(options);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(root.resolve("errors").toFile());
  }

  private String errors() throws IOException {
    return Files.readString(root.resolve("errors"));
  }

  private Storage<byte[]> open(String name) {
    return Storages.of(
        FileStore.at(root.resolve(name)).durability(Durability.NONE).open(), Codecs.bytes());
  }

  private void fill(String name, int count, int size) {
    try (Storage<byte[]> storage = open(name)) {
      Map<String, byte[]> batch = new HashMap<>();
      for (int i = 0; i < count; i++) {
        batch.put("a-key-of-some-length-" + i, new byte[size]);
      }
      storage.putAll(batch);
    }
  }

  @Test
  void aListingTakesNoMemoryForItsKeys() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      // 300 000 keys of 500 bytes are five times the heap.
      redis.call(
          "EVAL",
          "local k = string.rep('x', 480) for i = 1, 300000 do redis.call('SET', 'jstorage:' .. k .. i, '1') end",
          "0");
      Process listing =
          shell(List.of("-Xmx32m"), "ls", "redis://" + redis).redirectInput(Redirect.PIPE).start();
      long lines;
      try (BufferedReader out = listing.inputReader(UTF_8)) {
        lines = out.lines().count();
      }
      assertThat(listing.waitFor()).as(errors()).isZero();
      assertThat(lines).isEqualTo(300_000);
    }
  }

  @Test
  void aReaderThatHasSeenEnoughEndsTheListingQuietly() throws Exception {
    fill("a", 3000, 1);
    Process listing = shell(List.of(), "ls", "json:" + root.resolve("a") + "?codec=bytes").start();
    try (InputStream out = listing.getInputStream()) {
      assertThat(out.read()).isEqualTo('a');
    }
    // As after head: the rest is more than a pipe holds.
    assertThat(listing.waitFor()).isEqualTo(141);
    assertThat(errors()).isEmpty();
  }

  @Test
  void aPipeGetsNothingButTheResult() throws Exception {
    fill("a", 200, 10);
    Process copy =
        shell(
                List.of(),
                "cp",
                "json:" + root.resolve("a") + "?codec=bytes",
                "json:" + root.resolve("b") + "?codec=bytes&durability=none")
            .start();
    String out = new String(copy.getInputStream().readAllBytes(), UTF_8);
    assertThat(copy.waitFor()).as(errors()).isZero();
    assertThat(out).isEqualTo("Copied 200 entries (2.0 KiB).\n");
    assertThat(errors()).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anInterruptedCopyLeavesWholeEntriesAndGoesOnFromThere() throws Exception {
    int count = 4000;
    fill("a", count, 20_000);
    String from = "json:" + root.resolve("a") + "?codec=bytes";
    String to = "json:" + root.resolve("b") + "?codec=bytes&durability=none";
    Process copy = shell(List.of(), "cp", "--jobs", "1", from, to).start();
    Path target = root.resolve("b");
    while (copy.isAlive() && entriesIn(target) < 20) {
      Thread.onSpinWait();
    }
    new ProcessBuilder("kill", "-INT", Long.toString(copy.pid())).start().waitFor();
    String out = new String(copy.getInputStream().readAllBytes(), UTF_8);
    assertThat(copy.waitFor()).as(out + errors()).isEqualTo(130);
    assertThat(out).startsWith("Copied ");
    assertThat(errors()).contains("Interrupted. The same command again goes on from here.");
    long copied = entriesIn(target);
    assertThat(copied).isBetween(20L, (long) count - 1);
    try (Storage<byte[]> storage = open("b");
        Stream<String> keys = storage.keys()) {
      assertThat(keys).allMatch(key -> storage.require(key).length == 20_000);
    }
    Run again = Run.of("cp", from, to);
    assertThat(again.code()).as(again.toString()).isZero();
    assertThat(again.out()).contains(copied + " were there already");
    assertThat(entriesIn(target)).isEqualTo(count);
  }

  private static long entriesIn(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).count();
    }
  }
}
