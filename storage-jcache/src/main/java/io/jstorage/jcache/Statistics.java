package io.jstorage.jcache;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.cache.management.CacheStatisticsMXBean;

/**
 * Counts the operations of one cache, while statistics are enabled. Changes by other processes in
 * the same storage are not counted, nor evictions by the storage.
 */
final class Statistics implements CacheStatisticsMXBean {
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder removals = new LongAdder();
  private final LongAdder getNanos = new LongAdder();
  private final LongAdder putNanos = new LongAdder();
  private final LongAdder removeNanos = new LongAdder();
  private volatile boolean enabled;

  void enable(boolean on) {
    enabled = on;
  }

  boolean isEnabled() {
    return enabled;
  }

  /** The start of an operation, to be handed to the methods that count it; 0 if none does. */
  long start() {
    return enabled ? System.nanoTime() | 1 : 0;
  }

  void got(boolean hit, long start) {
    if (start != 0) {
      got(hit ? 1 : 0, hit ? 0 : 1, start);
    }
  }

  void got(long found, long missed, long start) {
    if (start != 0) {
      hits.add(found);
      misses.add(missed);
      getNanos.add(System.nanoTime() - start);
    }
  }

  void put(long count, long start) {
    if (start != 0 && count > 0) {
      puts.add(count);
      putNanos.add(System.nanoTime() - start);
    }
  }

  void removed(long count, long start) {
    if (start != 0 && count > 0) {
      removals.add(count);
      removeNanos.add(System.nanoTime() - start);
    }
  }

  @Override
  public void clear() {
    hits.reset();
    misses.reset();
    puts.reset();
    removals.reset();
    getNanos.reset();
    putNanos.reset();
    removeNanos.reset();
  }

  @Override
  public long getCacheHits() {
    return hits.sum();
  }

  @Override
  public float getCacheHitPercentage() {
    return percentage(getCacheHits());
  }

  @Override
  public long getCacheMisses() {
    return misses.sum();
  }

  @Override
  public float getCacheMissPercentage() {
    return percentage(getCacheMisses());
  }

  private float percentage(long part) {
    long gets = getCacheGets();
    return gets == 0 ? 0 : 100f * part / gets;
  }

  @Override
  public long getCacheGets() {
    return getCacheHits() + getCacheMisses();
  }

  @Override
  public long getCachePuts() {
    return puts.sum();
  }

  @Override
  public long getCacheRemovals() {
    return removals.sum();
  }

  /** Always 0: the evictions that some storages count are not read. */
  @Override
  public long getCacheEvictions() {
    return 0;
  }

  @Override
  public float getAverageGetTime() {
    return average(getNanos, getCacheGets());
  }

  @Override
  public float getAveragePutTime() {
    return average(putNanos, getCachePuts());
  }

  @Override
  public float getAverageRemoveTime() {
    return average(removeNanos, getCacheRemovals());
  }

  /** In microseconds. */
  private static float average(LongAdder nanos, long count) {
    return count == 0 ? 0 : (float) nanos.sum() / count / TimeUnit.MICROSECONDS.toNanos(1);
  }
}
