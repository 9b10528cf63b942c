package io.jstorage.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Instants as nanoseconds since the epoch, from 1677 to 2262. An instant outside that range becomes
 * the nearest one inside: a deadline too far away comes early, but it comes.
 */
final class EpochNanos {
  private static final long PER_SECOND = 1_000_000_000;
  private static final long PER_MILLI = 1_000_000;

  private EpochNanos() {}

  static long of(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano());
    } catch (ArithmeticException e) {
      return instant.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
  }

  /** Returns whether a deadline is not after the present instant of a clock. */
  static boolean hasPassed(long deadline, InstantSource clock) {
    // Milliseconds are cheaper to read, and enough unless the deadline is in this one.
    return !isBefore(clock, Math.floorDiv(deadline, PER_MILLI)) && deadline <= of(clock.instant());
  }

  private static boolean isBefore(InstantSource clock, long millis) {
    try {
      return clock.millis() < millis;
    } catch (ArithmeticException e) {
      // Milliseconds do not reach that far.
      return false;
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
