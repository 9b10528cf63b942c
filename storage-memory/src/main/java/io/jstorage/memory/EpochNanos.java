package io.jstorage.memory;

import java.time.Duration;
import java.time.Instant;

/**
 * Instants as nanoseconds since the epoch, from 1677 to 2262. An instant outside that range becomes
 * the nearest one inside: a deadline too far away comes early, but it comes.
 */
final class EpochNanos {
  private static final long PER_SECOND = 1_000_000_000;

  private EpochNanos() {}

  static long of(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano());
    } catch (ArithmeticException e) {
      return instant.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
  }

  static long plus(long nanos, Duration positive) {
    long sum = nanos + length(positive);
    return sum < nanos ? Long.MAX_VALUE : sum;
  }

  /** The length of a positive duration in nanoseconds, at most {@link Long#MAX_VALUE}. */
  static long length(Duration positive) {
    try {
      return positive.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  static Instant toInstant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
