package io.jstorage.benchmarks;

import io.jstorage.Storage;
import io.jstorage.near.NearStorage;
import io.jstorage.redis.server.RedisServer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Timeout;

/** From the moment at which another client's write is acknowledged until it is read near. */
@Timeout(time = 1, timeUnit = TimeUnit.MINUTES)
public class VisibilityBenchmark extends Once {
  private static final int WARM = 2_000;
  private static final int WRITES = 5_000;

  /** The part of all writes that were seen by then. */
  @Param("0.5")
  public double part;

  @Benchmark
  public void seen(Nanos score) throws Exception {
    try (RedisServer server = RedisServer.start();
        Storage<String> far = NearBenchmark.Reader.far(server);
        Storage<String> other = NearBenchmark.Reader.far(server);
        Storage<String> near = NearStorage.over(far, 100)) {
      long[] nanos = new long[WRITES];
      for (int i = -WARM; i < WRITES; i++) {
        String value = Integer.toString(i);
        other.put("k", value);
        long acknowledged = System.nanoTime();
        while (!value.equals(near.get("k").orElse(null))) {
          if (Thread.interrupted()) {
            throw new IllegalStateException("write %d was not seen until the timeout".formatted(i));
          }
          Thread.onSpinWait();
        }
        if (i >= 0) {
          nanos[i] = System.nanoTime() - acknowledged;
        }
      }
      Arrays.sort(nanos);
      score.nanos = nanos[(int) (WRITES * part)];
    }
  }
}
