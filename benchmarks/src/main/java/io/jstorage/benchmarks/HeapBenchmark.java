package io.jstorage.benchmarks;

import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The heap that an entry takes in a cache that is nearly full, beyond its key and its value. */
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class HeapBenchmark extends Once {
  private static final int ENTRIES = 1_000_000;

  /** More than there are: Guava's segments are never equally full. */
  private static final int LIMIT = ENTRIES + ENTRIES / 10;

  @Param("JSTORAGE")
  public Engine engine;

  @Benchmark
  public void perEntry(Bytes score) {
    String[] keys = Engine.keys(ENTRIES);
    Cache<Object> cache = engine.opener.apply(LIMIT);
    long before = used();
    for (String key : keys) {
      cache.put(key, key);
    }
    score.bytes = (double) (used() - before) / ENTRIES;
    if (cache.get(keys[0]) == null) {
      throw new IllegalStateException("the cache has lost an entry, or was collected");
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
