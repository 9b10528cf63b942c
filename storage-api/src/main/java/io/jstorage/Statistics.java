package io.jstorage;

import java.util.OptionalLong;

/**
 * The figures that a storage has counted since it was made: a snapshot, which never changes. {@code
 * storage.unwrap(Statistics.class)} takes one, and is empty where nothing is counted.
 *
 * <p>The figures of one snapshot are taken one after the other; calls in flight may be in some of
 * them and not yet in others. Each {@code get}, {@code require}, {@code entry} and each key of
 * {@code getAll} is one hit or one miss, unless it failed; a {@code get} with a loader, too. {@code
 * contains}, listings and iteration are neither.
 */
public interface Statistics {
  /**
   * Returns how many reads found a value.
   *
   * @return the number
   */
  long hits();

  /**
   * Returns how many reads found nothing.
   *
   * @return the number
   */
  long misses();

  /**
   * Returns how many values were stored, those of loaders included.
   *
   * @return the number
   */
  long puts();

  /**
   * Returns how many values callers removed. Of {@code clear} and {@code removeAll} only what the
   * storage knows is counted.
   *
   * @return the number
   */
  long removals();

  /**
   * Returns how often a loader ran, whatever came of it. Callers that wait for a load of another
   * caller are not counted.
   *
   * @return the number
   */
  long loads();

  /**
   * Returns how often a loader ended by an exception or returned null.
   *
   * @return the number
   */
  long loadFailures();

  /**
   * Returns how long all loaders together ran.
   *
   * @return the time in nanoseconds
   */
  long loadNanos();

  /**
   * Returns how many entries were evicted to make room.
   *
   * @return the number; empty where the storage does not know it
   */
  OptionalLong evictions();

  /**
   * Returns how many expired entries were removed.
   *
   * @return the number; empty where the storage does not know it
   */
  OptionalLong expirations();

  /**
   * Returns how many entries there are.
   *
   * @return the number; empty where it takes an access to the medium
   */
  OptionalLong entries();
}
