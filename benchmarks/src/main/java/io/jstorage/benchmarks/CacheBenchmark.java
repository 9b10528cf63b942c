package io.jstorage.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Operations on a full cache, by any number of threads. */
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class CacheBenchmark extends Measured {
  @Param("JSTORAGE")
  public Engine engine;

  @Param("10000")
  public int entries;

  /** Enough other keys to cause evictions throughout a measurement. */
  private static final int MAX_OTHER_KEYS = 1_000_000;

  private Cache<Object> cache;
  private String[] keys;
  private final AtomicLong counter = new AtomicLong();
  private final AtomicInteger threads = new AtomicInteger();

  @Setup
  public void fill() {
    cache = engine.opener.apply(entries);
    keys = Engine.keys(entries + Math.min(9 * entries, MAX_OTHER_KEYS));
    for (int i = 0; i < entries; i++) {
      cache.put(keys[i], keys[i]);
    }
  }

  /** A thread's way through the keys. */
  @State(Scope.Thread)
  public static class Picks {
    private int[] hits;
    private int[] zipf;
    private int next;
    private int fresh;

    @Setup
    public void plan(CacheBenchmark benchmark, BenchmarkParams params) {
      int number = benchmark.threads.getAndIncrement();
      SplittableRandom random = new SplittableRandom(number);
      hits = random.ints(1 << 16, 0, benchmark.entries).toArray();
      if (params.getBenchmark().endsWith(".mixed")) {
        zipf = Zipf.draw(random, benchmark.keys.length, 1 << 20);
      }
      fresh = benchmark.entries * (1 + number);
    }
  }

  /** Reads a key that is present, in random order. */
  @Benchmark
  public @Nullable Object hit(Picks picks) {
    return cache.get(keys[picks.hits[picks.next++ & 0xffff]]);
  }

  /** Puts a key that is absent; a bounded cache has to evict an entry. */
  @Benchmark
  public void putEvict(Picks picks) {
    String key = keys[Math.floorMod(picks.fresh++, keys.length)];
    cache.put(key, key);
  }

  /** Replaces the value of a key that is present, in random order. */
  @Benchmark
  public void overwrite(Picks picks) {
    String key = keys[picks.hits[picks.next++ & 0xffff]];
    cache.put(key, key);
  }

  /** Nine reads to one write, of keys by Zipf's law, ten times as many as there is room for. */
  @Benchmark
  public @Nullable Object mixed(Picks picks) {
    int step = picks.next++;
    String key = keys[picks.zipf[step & 0xfffff]];
    if (step % 10 == 0) {
      cache.put(key, key);
      return null;
    }
    return cache.get(key);
  }

  /** The step that a read of an exact LRU needs: taking the next number from one shared counter. */
  @Benchmark
  public long fetchAndAdd() {
    return counter.getAndIncrement();
  }
}
