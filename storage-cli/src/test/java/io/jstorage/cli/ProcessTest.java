package io.jstorage.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.cli.terminal.Texts;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.TcpProxy;
import io.jstorage.spi.Storages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: its memory, its pipes, its signals. */
class ProcessTest {
  private static final String MAIN = "io.jstorage.cli.Main";
  private static final int SIGINT = 2;

  @TempDir Path root;

  private ProcessBuilder shell(List<String> options, String... args) {
    List<String> command = new ArrayList<>();
    if (interruptsAreIgnored()) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(root.resolve("errors").toFile());
  }

  /**
   * Returns whether this process ignores interrupts, and its children with it: shells start what
   * runs in the background so.
   */
  private static boolean interruptsAreIgnored() {
    try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
      return status
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
          .anyMatch(mask -> (mask & 1L << (SIGINT - 1)) != 0);
    } catch (IOException e) {
      return false;
    }
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
  void keysThatAreTwiceTheHeapAreListed() throws Exception {
    int count = Integer.getInteger("jstorage.shell.keys", 150_000);
    String keys =
        """
        local k = string.rep('x', tonumber(ARGV[2]))
        for i = 1, tonumber(ARGV[1]) do redis.call('SET', 'jstorage:' .. k .. i, '1') end
        """;
    try (RedisServer redis = RedisServer.start()) {
      redis.call("EVAL", keys, "0", Integer.toString(count), Integer.toString((128 << 20) / count));
      Process listing =
          shell(List.of("-Xmx64m"), "ls", "redis://" + redis + "?timeout=30s")
              .redirectInput(Redirect.PIPE)
              .start();
      assertThat(linesOf(listing)).as(errors()).isEqualTo(count);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "jstorage.shell.keys", matches = "[0-9]+")
  void soManyFilesAreListedIn64MebibytesOfHeap() throws Exception {
    int count = Integer.getInteger("jstorage.shell.keys");
    fill("a", count, 1);
    Process listing =
        shell(List.of("-Xmx64m"), "ls", "json:" + root.resolve("a") + "?codec=bytes").start();
    assertThat(linesOf(listing)).as(errors()).isEqualTo(count);
  }

  /** Returns how many lines a process prints that ends well. */
  private static long linesOf(Process process) throws Exception {
    try (BufferedReader out = process.inputReader(UTF_8)) {
      long lines = out.lines().count();
      return process.waitFor() == 0 ? lines : -1;
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
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no process is interrupted by a signal")
  void anInterruptedCopyLeavesWholeEntriesAndGoesOnFromThere() throws Exception {
    int count = 4000;
    fill("a", count, 20_000);
    String from = "json:" + root.resolve("a") + "?codec=bytes";
    String to = "json:" + root.resolve("b") + "?codec=bytes&durability=none";
    Path target = root.resolve("b");
    String out =
        interrupted(
            shell(List.of(), "cp", "--jobs", "1", from, to),
            () -> entriesIn(target),
            () -> empty(target));
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
    assertThat(again.out()).contains(Texts.number(copied) + " were there already");
    assertThat(entriesIn(target)).isEqualTo(count);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no process is interrupted by a signal")
  void anInterruptedSyncToAServerDeletesNothingAndGoesOnFromThere() throws Exception {
    int count = 3000;
    fill("a", count, 100);
    try (RedisServer redis = RedisServer.start();
        TcpProxy proxy = new TcpProxy(redis.port())) {
      // Some seconds for all of it.
      proxy.delayReplies(Duration.ofMillis(100));
      String from = "json:" + root.resolve("a") + "?codec=bytes";
      String to = "redis://%s:%d?codec=bytes&timeout=30s".formatted(proxy.host(), proxy.port());
      interrupted(
          shell(List.of(), "sync", "--delete", "--jobs", "1", from, to),
          () -> entriesIn(redis),
          () -> {
            redis.call("FLUSHALL");
            redis.call("SET", "jstorage:stale", "1");
          });
      assertThat(errors()).contains("Interrupted. The same command again goes on from here.");
      assertThat(redis.call("EXISTS", "jstorage:stale")).isEqualTo(1L);
      proxy.heal();
      long copied = entriesIn(redis) - 1;
      assertThat(copied).isBetween(19L, (long) count - 1);
      Run again = Run.of("sync", "--delete", from, to);
      assertThat(again.code()).as(again.toString()).isZero();
      assertThat(again.out()).contains(Texts.number(copied) + " were there already, 1 deleted");
      assertThat(entriesIn(redis)).isEqualTo(count);
    }
  }

  /** Takes back what a transfer has done. */
  @FunctionalInterface
  private interface Undoing {
    void run() throws IOException;
  }

  /**
   * Interrupts a transfer in the middle of it, and returns its output. A transfer that has ended
   * before, during a pause of this process, is undone and begun again.
   */
  private String interrupted(ProcessBuilder builder, Callable<Long> entries, Undoing undoing)
      throws Exception {
    String out = "";
    int code = 0;
    for (int attempt = 0; attempt < 10 && code == 0; attempt++) {
      undoing.run();
      Process transfer = builder.start();
      while (transfer.isAlive() && entries.call() < 20) {
        Thread.onSpinWait();
      }
      new ProcessBuilder("kill", "-INT", Long.toString(transfer.pid())).start().waitFor();
      out = new String(transfer.getInputStream().readAllBytes(), UTF_8);
      code = transfer.waitFor();
    }
    assertThat(code).as(out + errors()).isEqualTo(130);
    return out;
  }

  private static void empty(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.delete(file);
        }
      }
    }
  }

  private static long entriesIn(RedisServer redis) {
    return (Long) Objects.requireNonNull(redis.call("DBSIZE"));
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
