package io.jstorage.near;

import io.jstorage.Statistics;
import io.jstorage.spi.CountedStatistics;
import io.jstorage.spi.LoadCounter;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** How often memory had the answer, and what passed to the far storage. */
final class NearCounts {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder removals = new LongAdder();
  final LongAdder evictions = new LongAdder();
  final LoadCounter loads = new LoadCounter();

  Statistics snapshot(long entries) {
    return new CountedStatistics(
        hits.sum(),
        misses.sum(),
        puts.sum(),
        removals.sum(),
        loads.loads(),
        loads.failures(),
        loads.nanos(),
        OptionalLong.of(evictions.sum()),
        OptionalLong.empty(),
        OptionalLong.of(entries));
  }
}
