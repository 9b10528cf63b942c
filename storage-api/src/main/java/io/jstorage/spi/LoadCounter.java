package io.jstorage.spi;

/**
 * Counts the loads of a storage, for a store that has {@link io.jstorage.Statistics}: loaders are
 * run by the glue, and the store sees only what becomes of them. Found by {@code unwrap} once, when
 * {@link Storages#of} makes the storage. Thread-safe.
 */
@FunctionalInterface
public interface LoadCounter {
  /**
   * Counts a load that has ended.
   *
   * @param nanos how long it ran, in nanoseconds
   * @param succeeded false if it ended by an exception, or returned null
   */
  void loaded(long nanos, boolean succeeded);
}
