package io.jstorage.benchmarks.memory;

import io.jstorage.benchmarks.Probe;
import java.lang.management.ManagementFactory;

/** The heap that an entry takes in a cache that is nearly full, beyond its key and its value. */
public final class BytesPerEntry implements Probe {
  private static final int ENTRIES = 1_000_000;

  /** More than there are: Guava's segments are never equally full. */
  private static final int CAPACITY = ENTRIES + ENTRIES / 10;

  @Override
  public double measure(String engine) {
    String[] keys = Keys.of(ENTRIES);
    Cache cache = Engine.valueOf(engine).open(CAPACITY);
    long before = used();
    for (String key : keys) {
      cache.put(key, key);
    }
    double bytes = (double) (used() - before) / ENTRIES;
    if (cache.get(keys[0]) == null) {
      throw new IllegalStateException("the cache has lost an entry, or was collected");
    }
    return bytes;
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
