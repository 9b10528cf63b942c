package io.jstorage.memory;

import io.jstorage.Statistics;
import io.jstorage.spi.CountedStatistics;
import io.jstorage.spi.LoadCounter;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters that no lock guards: misses and loads. {@link Stamps} count hits: each takes a
 * stamp, and so does each write.
 */
final class LruCounts {
  final LoadCounter loads = new LoadCounter();
  private final LongAdder misses = new LongAdder();

  void miss() {
    misses.increment();
  }

  Statistics snapshot(long hits, long puts, RemovedEntries<?> removed, long entries) {
    return new CountedStatistics(
        hits,
        misses.sum(),
        puts,
        removed.removed(),
        loads.loads(),
        loads.failures(),
        loads.nanos(),
        OptionalLong.of(removed.evicted()),
        OptionalLong.of(removed.expired()),
        OptionalLong.of(entries));
  }
}
