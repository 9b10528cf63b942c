package io.jstorage.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Compares sums of instants and durations, of which either may be as long as there are. */
final class TimeComparisons {
  private TimeComparisons() {}

  /** Whether an instant lies a time back. */
  static boolean hasPassed(Instant when, Duration time, Instant now) {
    try {
      return !now.isBefore(when.plus(time));
    } catch (DateTimeException | ArithmeticException e) {
      return false;
    }
  }

  /** Whether a deadline is no further off than a time. */
  static boolean isWithin(Duration time, Instant deadline, Instant now) {
    try {
      return !now.plus(time).isBefore(deadline);
    } catch (DateTimeException | ArithmeticException e) {
      return true;
    }
  }
}
