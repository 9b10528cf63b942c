package io.jstorage.near;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** An entry with a deadline, a greatest age, or both. 48 bytes with compressed references. */
final class TimedEntry<V> extends NearEntry<V> {
  /** A deadline that never comes. */
  static final long NEVER = Long.MAX_VALUE;

  /** In milliseconds since the epoch, by the clock: when the far storage lets it expire. */
  private final long deadline;

  /** By {@link System#nanoTime}: when it is too old to be trusted. */
  private final long until;

  private final boolean ages;

  /** Makes an entry with a deadline, or with an age, or both. */
  private TimedEntry(String key, @Nullable V value, long deadline, long until, boolean ages) {
    super(key, value);
    this.deadline = deadline;
    this.until = until;
    this.ages = ages;
  }

  static <V> NearEntry<V> expiring(String key, @Nullable V value, long deadline) {
    return new TimedEntry<>(key, value, deadline, 0, false);
  }

  static <V> NearEntry<V> ageing(String key, @Nullable V value, long deadline, long until) {
    return new TimedEntry<>(key, value, deadline, until, true);
  }

  @Override
  boolean isFresh(InstantSource clock) {
    return (!ages || System.nanoTime() - until < 0)
        && (deadline == NEVER || clock.millis() < deadline);
  }
}
