package io.jstorage.spi;

import io.jstorage.Statistics;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of a store that has {@link Statistics} and knows none of the figures otherwise.
 * Thread-safe; to count takes one addition that threads seldom contend for.
 */
public final class StatisticsCounters {
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder removals = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LoadCounter loads = new LoadCounter();

  /** Makes counters at zero. */
  public StatisticsCounters() {}

  /**
   * Counts a read.
   *
   * @param found whether it is a hit
   */
  public void addRead(boolean found) {
    (found ? hits : misses).increment();
  }

  /**
   * Counts hits.
   *
   * @param number how many
   */
  public void addHits(long number) {
    hits.add(number);
  }

  /**
   * Counts misses.
   *
   * @param number how many
   */
  public void addMisses(long number) {
    misses.add(number);
  }

  /**
   * Counts values that were stored.
   *
   * @param number how many
   */
  public void addPuts(long number) {
    puts.add(number);
  }

  /**
   * Counts values that callers removed.
   *
   * @param number how many
   */
  public void addRemovals(long number) {
    removals.add(number);
  }

  /**
   * Counts entries that were evicted.
   *
   * @param number how many
   */
  public void addEvictions(long number) {
    evictions.add(number);
  }

  /**
   * Returns the number of evictions.
   *
   * @return the number
   */
  public long evictions() {
    return evictions.sum();
  }

  /**
   * Returns the counter of loads.
   *
   * @return the counter
   */
  public LoadCounter loads() {
    return loads;
  }

  /**
   * Takes a snapshot.
   *
   * @param evictions how many entries were evicted, if anybody knows
   * @param expirations how many were removed as they had expired, if anybody knows
   * @param entries how many there are, if anybody knows
   * @return the figures, taken one after the other
   */
  public Statistics snapshot(
      OptionalLong evictions, OptionalLong expirations, OptionalLong entries) {
    return new CountedStatistics(
        hits.sum(),
        misses.sum(),
        puts.sum(),
        removals.sum(),
        loads.loads(),
        loads.failures(),
        loads.nanos(),
        evictions,
        expirations,
        entries);
  }
}
