package io.jstorage.benchmarks.shell;

import io.jstorage.benchmarks.Probe;
import io.jstorage.redis.server.RedisServer;
import java.util.List;

/**
 * The milliseconds in which the shell lists a million keys of a Redis that are twice its heap of 64
 * MiB, with the start of its JVM. The argument is the heap.
 */
public final class ShellListing implements Probe {
  private static final int KEYS = 1_000_000;
  private static final int PART = 100_000;

  @Override
  public double measure(String heap) throws Exception {
    try (RedisServer server = RedisServer.start()) {
      for (int i = 0; i < KEYS; i += PART) {
        server.call(
            "EVAL",
            "local k = string.rep('x', 120) for i = 1, tonumber(ARGV[2]) do redis.call('SET', 'jstorage:' .. k .. (ARGV[1] + i), '1') end",
            "0",
            Integer.toString(i),
            Integer.toString(PART));
      }
      long start = System.nanoTime();
      long listed =
          ShellProcess.run(
              heap, List.of("ls", "redis://%s:%d".formatted(server.host(), server.port())));
      double millis = (System.nanoTime() - start) / 1e6;
      if (listed != KEYS) {
        throw new IllegalStateException("there were %d keys".formatted(listed));
      }
      return millis;
    }
  }
}
