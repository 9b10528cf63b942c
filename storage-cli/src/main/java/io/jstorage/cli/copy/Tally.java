package io.jstorage.cli.copy;

import io.jstorage.cli.copy.Outcome.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How many entries became what. Thread-safe. */
public final class Tally {
  private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);
  private final LongAdder bytes = new LongAdder();
  private final LongAdder deadlinesDropped = new LongAdder();
  private final LongAdder deleted = new LongAdder();

  public Tally() {
    for (Kind kind : Kind.values()) {
      counts.put(kind, new LongAdder());
    }
  }

  private LongAdder counter(Kind kind) {
    return Objects.requireNonNull(counts.get(kind));
  }

  void count(Kind kind) {
    counter(kind).increment();
  }

  void written(long size) {
    bytes.add(size);
  }

  void deadlineDropped() {
    deadlinesDropped.increment();
  }

  void deleted(long entries) {
    deleted.add(entries);
  }

  public long of(Kind kind) {
    return counter(kind).sum();
  }

  /** Returns how many bytes were written. */
  public long bytes() {
    return bytes.sum();
  }

  /** Returns how many entries have a deadline that the target could not take. */
  public long deadlinesDropped() {
    return deadlinesDropped.sum();
  }

  /** Returns how many entries of the target were deleted, as the source has none of their keys. */
  public long deleted() {
    return deleted.sum();
  }
}
