package io.jstorage.cache;

import io.jstorage.Statistics;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** The counters of an observed storage. */
final class Counters {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder removals = new LongAdder();
  final LongAdder loads = new LongAdder();
  final LongAdder loadFailures = new LongAdder();
  final LongAdder loadNanos = new LongAdder();

  /** Takes a snapshot; what only the storage behind knows is taken from it. */
  Statistics snapshot(Optional<Statistics> behind) {
    return new Snapshot(
        hits.sum(),
        misses.sum(),
        puts.sum(),
        removals.sum(),
        loads.sum(),
        loadFailures.sum(),
        loadNanos.sum(),
        behind.map(Statistics::evictions).orElse(OptionalLong.empty()),
        behind.map(Statistics::expirations).orElse(OptionalLong.empty()),
        behind.map(Statistics::entries).orElse(OptionalLong.empty()));
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
