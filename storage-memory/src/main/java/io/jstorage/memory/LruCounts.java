package io.jstorage.memory;

import io.jstorage.Statistics;
import io.jstorage.spi.CountedStatistics;
import io.jstorage.spi.LoadCounter;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters that no lock guards: misses and loads. Hits need no counter: each takes a stamp, and
 * so does each write.
 */
final class LruCounts {
  final LoadCounter loads = new LoadCounter();
  private final LongAdder misses = new LongAdder();

  void miss() {
    misses.increment();
  }

  Statistics snapshot(long hits, long puts, Departures<?> left, long entries) {
    return new CountedStatistics(
        hits,
        misses.sum(),
        puts,
        left.removed(),
        loads.loads(),
        loads.failures(),
        loads.nanos(),
        OptionalLong.of(left.evicted()),
        OptionalLong.of(left.expired()),
        OptionalLong.of(entries));
  }
}
