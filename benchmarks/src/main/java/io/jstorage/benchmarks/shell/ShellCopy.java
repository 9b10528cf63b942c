package io.jstorage.benchmarks.shell;

import io.jstorage.Storage;
import io.jstorage.benchmarks.Probe;
import io.jstorage.benchmarks.Scratch;
import io.jstorage.codec.Codecs;
import io.jstorage.file.Durability;
import io.jstorage.file.FileStore;
import io.jstorage.redis.RedisStore;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.TcpProxy;
import io.jstorage.spi.Storages;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The nanoseconds for each entry of 1 KiB that goes from files to a Redis. The argument is {@code
 * cp}, with the start of its JVM and the reading back, or {@code loop}, which gets and puts one
 * after the other and verifies nothing; the number of entries; and the milliseconds to the server
 * and back.
 */
public final class ShellCopy implements Probe {
  private static final int BYTES = 1024;

  @Override
  public double measure(String argument) throws Exception {
    List<String> parts = List.of(argument.split(" ", -1));
    int entries = Integer.parseInt(parts.get(1));
    Duration delay = Duration.ofMillis(Long.parseLong(parts.get(2)));
    Path directory = Scratch.make();
    try (RedisServer server = RedisServer.start();
        TcpProxy proxy = new TcpProxy(server.port())) {
      proxy.delayReplies(delay);
      int port = delay.isZero() ? server.port() : proxy.port();
      fill(directory, entries);
      long start = System.nanoTime();
      if (parts.get(0).equals("cp")) {
        ShellProcess.run(
            "1g",
            List.of(
                "cp",
                "json:%s?codec=bytes".formatted(directory),
                "redis://%s:%d?codec=bytes".formatted(server.host(), port)));
      } else {
        loop(directory, server.host(), port);
      }
      double nanos = (System.nanoTime() - start) / (double) entries;
      Object copied = server.call("DBSIZE");
      if (!Long.valueOf(entries).equals(copied)) {
        throw new IllegalStateException("there are %s entries".formatted(copied));
      }
      return nanos;
    } finally {
      Scratch.delete(directory);
    }
  }

  private static Storage<byte[]> files(Path directory) {
    return Storages.of(FileStore.at(directory).durability(Durability.NONE).open(), Codecs.bytes());
  }

  private static void fill(Path directory, int entries) {
    Random random = new Random(1);
    byte[] value = new byte[BYTES];
    random.nextBytes(value);
    try (Storage<byte[]> storage = files(directory)) {
      for (int i = 0; i < entries; i++) {
        ByteBuffer.wrap(value).putInt(i);
        storage.put("key-" + i, value);
      }
    }
  }

  private static void loop(Path directory, String host, int port) {
    try (Storage<byte[]> from = files(directory);
        Storage<byte[]> to = RedisStore.at(host, port).storage(Codecs.bytes());
        Stream<String> keys = from.keys()) {
      for (Iterator<String> each = keys.iterator(); each.hasNext(); ) {
        String key = each.next();
        to.put(key, from.require(key));
      }
    }
  }
}
