package io.jstorage.testkit;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waits for an event while there is progress, and fails when there is none. The duration of an
 * operation decides nothing: a stall is reported only after no progress at all for two minutes, or
 * for as long as a system property says. That time is counted in short waits of its own, which also
 * take longer if the machine is busy or stopped.
 */
final class StallDetector {
  static final String PROPERTY = "jstorage.testkit.patience";
  private static final Duration DEFAULT = Duration.ofMinutes(2);
  private static final long STEP_MILLIS = 100;

  private StallDetector() {}

  /** A wait that ends when the event happens, or after a while. */
  @FunctionalInterface
  interface Wait {
    /** True if the event has happened. */
    boolean atMost(long millis) throws InterruptedException;
  }

  /**
   * Waits for an event that calls on storages bring about; the end of a call by any thread is
   * progress.
   */
  static void until(Wait event, Supplier<String> otherwise) {
    until(event, Trace::allEnded, otherwise);
  }

  /**
   * Waits for an event.
   *
   * @param event the event
   * @param progress a number that changes with each step towards it
   * @param otherwise describes the stall
   */
  static void until(Wait event, LongSupplier progress, Supplier<String> otherwise) {
    try {
      Duration quiet = quiet();
      long last = progress.getAsLong();
      long steps = 0;
      while (!event.atMost(STEP_MILLIS)) {
        long now = progress.getAsLong();
        steps = now == last ? steps + 1 : 0;
        last = now;
        if (steps * STEP_MILLIS > quiet.toMillis()) {
          throw new AssertionError(
              "nothing has moved for %s: %s".formatted(quiet, otherwise.get()));
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError("the test was interrupted", e);
    }
  }

  private static Duration quiet() {
    String text = System.getProperty(PROPERTY);
    if (text == null || text.isBlank()) {
      return DEFAULT;
    }
    try {
      return Duration.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "the system property %s is a duration such as PT5M, not '%s'".formatted(PROPERTY, text),
          e);
    }
  }
}
