package io.jstorage.memory;

import java.time.Duration;

/** Checks durations that must last. */
final class Positive {
  private Positive() {}

  static Duration check(String what, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          "%s must be longer than zero, not %s".formatted(what, duration));
    }
    return duration;
  }
}
