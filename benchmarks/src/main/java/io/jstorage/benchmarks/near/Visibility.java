package io.jstorage.benchmarks.near;

import io.jstorage.Storage;
import io.jstorage.benchmarks.Probe;
import io.jstorage.codec.Codecs;
import io.jstorage.near.NearStorage;
import io.jstorage.redis.RedisStore;
import io.jstorage.redis.server.RedisServer;
import java.util.Arrays;

/**
 * From the moment at which another client's write has been acknowledged until it is read near, in
 * nanoseconds; the argument is the part of all writes that were seen by then, such as 0.99.
 */
public final class Visibility implements Probe {
  private static final int WARM = 2_000;
  private static final int WRITES = 5_000;

  @Override
  public double measure(String part) throws Exception {
    try (RedisServer server = RedisServer.start();
        Storage<String> far = RedisStore.at(server.host(), server.port()).storage(Codecs.text());
        Storage<String> other = RedisStore.at(server.host(), server.port()).storage(Codecs.text());
        Storage<String> near = NearStorage.over(far, 100)) {
      long[] nanos = new long[WRITES];
      for (int i = -WARM; i < WRITES; i++) {
        String value = Integer.toString(i);
        other.put("k", value);
        long acknowledged = System.nanoTime();
        while (!value.equals(near.get("k").orElse(null))) {
          Thread.onSpinWait();
        }
        if (i >= 0) {
          nanos[i] = System.nanoTime() - acknowledged;
        }
      }
      Arrays.sort(nanos);
      return nanos[(int) (WRITES * Double.parseDouble(part))];
    }
  }
}
