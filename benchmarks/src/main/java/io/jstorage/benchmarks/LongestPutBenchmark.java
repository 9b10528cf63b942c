package io.jstorage.benchmarks;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The longest of many puts, apart from those during which garbage was collected. The least of some
 * runs counts, as the longest put of a single one is any pause of the machine.
 */
@Measurement(iterations = 8)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class LongestPutBenchmark extends Once {
  /** Prime, so that a walk with it passes every place in no order. */
  private static final long STRIDE = 7919;

  @Param("100000")
  public int entries;

  private Cache<Object> cache;
  private String[] keys;
  private int run;
  private long collections;
  private long longest;

  @Setup
  public void fill() {
    keys = Engine.keys(2 * entries);
    cache = Engine.JSTORAGE.opener.apply(entries);
    for (int i = 0; i < entries; i++) {
      cache.put(keys[i], keys[i]);
    }
  }

  /** Among nine reads to one write, of keys by Zipf's law. */
  @Benchmark
  public void mixed(Nanos score) {
    int[] ranks = Zipf.draw(new SplittableRandom(run++), keys.length, 1 << 21);
    begin();
    for (int i = 0; i < ranks.length; i++) {
      String key = keys[ranks[i]];
      if (i % 10 == 0) {
        put(key);
      } else {
        cache.get(key);
      }
    }
    score.nanos = longest;
  }

  /** Right after all entries have been used, all of them are replaced. */
  @Benchmark
  public void afterSweep(Nanos score) {
    int from = run++ % 2 * entries;
    for (int i = 0; i < entries; i++) {
      cache.get(keys[from + (int) (i * STRIDE % entries)]);
    }
    begin();
    for (int i = 0; i < entries; i++) {
      put(keys[(from + entries + i) % keys.length]);
    }
    score.nanos = longest;
  }

  private void begin() {
    collections = collections();
    longest = 0;
  }

  private void put(String key) {
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
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
