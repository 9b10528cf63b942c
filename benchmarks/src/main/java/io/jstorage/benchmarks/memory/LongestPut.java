package io.jstorage.benchmarks.memory;

import io.jstorage.benchmarks.Probe;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/**
 * The milliseconds that the longest of many puts takes, apart from those during which garbage was
 * collected. The least of some runs is told, as the longest put of a single one is any pause of the
 * machine. The argument is {@code mixed} or {@code touched}, a slash, and the number of entries.
 */
public final class LongestPut implements Probe {
  private static final int RUNS = 8;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Prime, so that a walk with it passes every place in no order. */
  private static final long STRIDE = 7919;

  @Override
  public double measure(String argument) {
    String[] parts = argument.split("/", 2);
    int entries = Integer.parseInt(parts[1]);
    String[] keys = Keys.of(2 * entries);
    Cache cache = Engine.JSTORAGE.open(entries);
    for (int i = 0; i < entries; i++) {
      cache.put(keys[i], keys[i]);
    }
    long least = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      least =
          Math.min(
              least,
              parts[0].equals("mixed") ? mixed(cache, keys, run) : touched(cache, keys, run));
    }
    return least / NANOS_PER_MILLI;
  }

  private static long mixed(Cache cache, String[] keys, int run) {
    int[] ranks = Zipf.draw(new SplittableRandom(run), keys.length, 1 << 21);
    Stopwatch watch = new Stopwatch();
    for (int i = 0; i < ranks.length; i++) {
      String key = keys[ranks[i]];
      if (i % 10 == 0) {
        watch.put(cache, key);
      } else {
        cache.get(key);
      }
    }
    return watch.longest;
  }

  /** Right after all entries have been used, half of them are replaced. */
  private static long touched(Cache cache, String[] keys, int run) {
    int half = keys.length / 2;
    int from = run % 2 * half;
    for (int i = 0; i < half; i++) {
      cache.get(keys[from + (int) (i * STRIDE % half)]);
    }
    Stopwatch watch = new Stopwatch();
    for (int i = 0; i < half; i++) {
      watch.put(cache, keys[(from + half + i) % keys.length]);
    }
    return watch.longest;
  }

  private static final class Stopwatch {
    private long collections = collections();
    private long longest;

    void put(Cache cache, String key) {
      long start = System.nanoTime();
      cache.put(key, key);
      long nanos = System.nanoTime() - start;
      if (nanos > longest) {
        long now = collections();
        if (now == collections) {
          longest = nanos;
        }
        collections = now;
      }
    }

    private static long collections() {
      long count = 0;
      for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
        count += collector.getCollectionCount();
      }
      return count;
    }
  }
}
