package io.jstorage.file;

import io.jstorage.Statistics;
import io.jstorage.spi.LoadCounter;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** The figures of one object; others of the same directory have their own. */
final class DiskLruCounts implements LoadCounter {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder removals = new LongAdder();
  final LongAdder evictions = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder loadFailures = new LongAdder();
  private final LongAdder loadNanos = new LongAdder();

  @Override
  public void loaded(long nanos, boolean succeeded) {
    loadNanos.add(nanos);
    loads.increment();
    if (!succeeded) {
      loadFailures.increment();
    }
  }

  Statistics snapshot(OptionalLong entries) {
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
        entries);
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
