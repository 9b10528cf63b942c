package io.jstorage.memory;

import io.jstorage.Loader;
import io.jstorage.Statistics;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The counters that no lock guards: misses and loads. Hits need no counter: each takes a stamp, and
 * so does each write.
 */
final class LruCounts {
  private final LongAdder misses = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder loadFailures = new LongAdder();
  private final LongAdder loadNanos = new LongAdder();

  void miss() {
    misses.increment();
  }

  /** Runs a loader, and counts and times it. */
  <V, E extends Exception> @Nullable V load(String key, Loader<? extends V, E> loader) throws E {
    long begin = System.nanoTime();
    V loaded = null;
    try {
      loaded = loader.load(key);
      return loaded;
    } finally {
      loadNanos.add(System.nanoTime() - begin);
      loads.increment();
      if (loaded == null) {
        loadFailures.increment();
      }
    }
  }

  Statistics snapshot(long hits, long puts, Departures<?> left, long entries) {
    return new Snapshot(
        hits,
        misses.sum(),
        puts,
        left.removed(),
        loads.sum(),
        loadFailures.sum(),
        loadNanos.sum(),
        OptionalLong.of(left.evicted()),
        OptionalLong.of(left.expired()),
        OptionalLong.of(entries));
  }

  private record Snapshot(
      long hits,
      long misses,
      long puts,
      long removals,
      long loads,
      long loadFailures,
      long loadNanos,
      OptionalLong evictions,
      OptionalLong expirations,
      OptionalLong entries)
      implements Statistics {}
}
