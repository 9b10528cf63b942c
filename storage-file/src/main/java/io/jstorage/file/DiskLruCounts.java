package io.jstorage.file;

import io.jstorage.Statistics;
import io.jstorage.spi.CountedStatistics;
import io.jstorage.spi.LoadCounter;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** The figures of one object; others of the same directory have their own. */
final class DiskLruCounts {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder removals = new LongAdder();
  final LongAdder evictions = new LongAdder();
  final LoadCounter loads = new LoadCounter();

  Statistics snapshot(OptionalLong entries) {
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
        entries);
  }
}
