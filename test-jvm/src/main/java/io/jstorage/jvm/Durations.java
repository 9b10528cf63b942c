package io.jstorage.jvm;

import java.time.Duration;
import java.util.concurrent.Callable;

/** How long something takes, apart from the pauses of a busy machine. */
public final class Durations {
  private static final int ATTEMPTS = 10;

  private Durations() {}

  /** How long some work takes. */
  public static Duration of(Work work) throws Exception {
    long begun = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Measures until a result is below a bound, ten times at most, and returns the shortest. */
  public static Duration shortest(Duration bound, Callable<Duration> measurement) throws Exception {
    Duration shortest = measurement.call();
    for (int i = 1; i < ATTEMPTS && shortest.compareTo(bound) >= 0; i++) {
      Duration next = measurement.call();
      shortest = next.compareTo(shortest) < 0 ? next : shortest;
    }
    return shortest;
  }
}
