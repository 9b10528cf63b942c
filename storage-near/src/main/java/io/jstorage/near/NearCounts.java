package io.jstorage.near;

import io.jstorage.Loader;
import io.jstorage.Statistics;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How often memory had the answer, and what passed to the far storage. */
final class NearCounts {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder removals = new LongAdder();
  final LongAdder evictions = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder loadFailures = new LongAdder();
  private final LongAdder loadNanos = new LongAdder();

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

  Statistics snapshot(long entries) {
    return new Snapshot(
        hits.sum(),
        misses.sum(),
        puts.sum(),
        removals.sum(),
        loads.sum(),
        loadFailures.sum(),
        loadNanos.sum(),
        OptionalLong.of(evictions.sum()),
        OptionalLong.empty(),
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
