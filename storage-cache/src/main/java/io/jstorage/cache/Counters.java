package io.jstorage.cache;

import io.jstorage.Statistics;
import io.jstorage.spi.CountedStatistics;
import io.jstorage.spi.LoadCounter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/** The counters of an observed storage. */
final class Counters {
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder removals = new LongAdder();
  final LoadCounter loads = new LoadCounter();

  /** Takes a snapshot; what only the storage behind knows is taken from it. */
  Statistics snapshot(Optional<Statistics> behind) {
    return new CountedStatistics(
        hits.sum(),
        misses.sum(),
        puts.sum(),
        removals.sum(),
        loads.loads(),
        loads.failures(),
        loads.nanos(),
        behind.map(Statistics::evictions).orElse(OptionalLong.empty()),
        behind.map(Statistics::expirations).orElse(OptionalLong.empty()),
        behind.map(Statistics::entries).orElse(OptionalLong.empty()));
  }
}
