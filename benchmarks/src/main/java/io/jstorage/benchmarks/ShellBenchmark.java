package io.jstorage.benchmarks;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.redis.RedisStore;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.TcpProxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The shell, with the start of its JVM, beside a loop that a program would have. */
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class ShellBenchmark extends Once {
  private static final int BYTES = 1024;
  private static final int LISTED = 1_000_000;

  @Param("100000")
  public int entries;

  /** The milliseconds to the server and back. */
  @Param("0")
  public int delay;

  private Path directory;
  private RedisServer server;
  private TcpProxy proxy;
  private int port;

  @Setup
  public void start() throws Exception {
    directory = Scratch.make();
    server = RedisServer.start();
    proxy = new TcpProxy(server.port());
    proxy.delayReplies(Duration.ofMillis(delay));
    port = delay == 0 ? server.port() : proxy.port();
  }

  @TearDown
  public void stop() throws Exception {
    proxy.close();
    server.close();
    Scratch.delete(directory);
  }

  /** Each entry of 1 KiB that goes from files to a Redis, and is read back. */
  @Benchmark
  public void copy(Nanos score) throws Exception {
    fill();
    long start = System.nanoTime();
    shell(
        "1g",
        "cp",
        "json:%s?codec=bytes".formatted(directory),
        "redis://%s:%d?codec=bytes".formatted(server.host(), port));
    score.nanos = check(System.nanoTime() - start);
  }

  /** The same by getting and putting one after the other; nothing is read back. */
  @Benchmark
  public void loop(Nanos score) throws Exception {
    fill();
    long start = System.nanoTime();
    try (Storage<byte[]> from = files();
        Storage<byte[]> to = RedisStore.at(server.host(), port).storage(Codecs.bytes());
        Stream<String> keys = from.keys()) {
      for (Iterator<String> each = keys.iterator(); each.hasNext(); ) {
        String key = each.next();
        to.put(key, from.require(key));
      }
    }
    score.nanos = check(System.nanoTime() - start);
  }

  private Storage<byte[]> files() {
    return FileStore.at(directory).durability(Durability.NONE).storage(Codecs.bytes());
  }

  private void fill() {
    byte[] value = new byte[BYTES];
    new Random(1).nextBytes(value);
    try (Storage<byte[]> storage = files()) {
      for (int i = 0; i < entries; i++) {
        ByteBuffer.wrap(value).putInt(i);
        storage.put("key-" + i, value);
      }
    }
  }

  private double check(long nanos) {
    Object copied = server.call("DBSIZE");
    if (!Long.valueOf(entries).equals(copied)) {
      throw new IllegalStateException("there are %s entries".formatted(copied));
    }
    return nanos / (double) entries;
  }

  /** Lists a million keys of a Redis, which are twice the heap of 64 MiB. */
  @Benchmark
  public void list(Nanos score) throws Exception {
    RedisBenchmark.addKeys(server, "jstorage:" + "x".repeat(120), LISTED);
    long start = System.nanoTime();
    int listed = shell("64m", "ls", "redis://%s:%d".formatted(server.host(), server.port()));
    score.nanos = System.nanoTime() - start;
    if (listed != LISTED) {
      throw new IllegalStateException("there were %d keys".formatted(listed));
    }
  }

  /** Runs the shell with the options of its image, and returns how many lines it has printed. */
  private static int shell(String heap, String... args) throws Exception {
    List<String> options = List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    return Jvm.run(options, "io.jstorage.cli.Main", args).size();
  }
}
