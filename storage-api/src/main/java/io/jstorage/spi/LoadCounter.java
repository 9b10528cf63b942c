package io.jstorage.spi;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts and times the loads of a storage whose store has {@link io.jstorage.Statistics}: the glue
 * runs the loaders, and the store sees only the values that they return. A store returns its
 * counter from {@code unwrap}, which is asked once, when the storage is made. Thread-safe.
 */
public final class LoadCounter {
  private final LongAdder loads = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /** Makes a counter at zero. */
  public LoadCounter() {}

  /**
   * Counts a load that has ended.
   *
   * @param nanos how long it ran, in nanoseconds
   * @param succeeded false if it ended by an exception, or returned null
   */
  public void add(long nanos, boolean succeeded) {
    this.nanos.add(nanos);
    loads.increment();
    if (!succeeded) {
      failures.increment();
    }
  }

  /**
   * Returns the number of loads.
   *
   * @return the number
   */
  public long loads() {
    return loads.sum();
  }

  /**
   * Returns the number of loads that did not succeed.
   *
   * @return the number
   */
  public long failures() {
    return failures.sum();
  }

  /**
   * Returns how long all loads together ran.
   *
   * @return nanoseconds
   */
  public long nanos() {
    return nanos.sum();
  }
}
