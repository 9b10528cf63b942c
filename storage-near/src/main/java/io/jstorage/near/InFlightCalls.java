package io.jstorage.near;

import org.jspecify.annotations.Nullable;

/**
 * The calls to the far storage that are under way for one key. Guarded, but for what it says of
 * {@link #kept}, by the entry of the key in the map of all that are in flight.
 */
final class InFlightCalls {
  int readers;
  int writers;

  /** How often the key may have changed since the calls began. */
  long changes;

  /**
   * The entry that a reader saw and that is in the near table now, not older than any returned one;
   * null if there is none. Looked at without the guard, too.
   */
  volatile @Nullable Object kept;

  boolean areOver() {
    return readers == 0 && writers == 0;
  }
}
