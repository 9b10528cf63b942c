package io.jstorage.memory;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.Random;

/** Periods in which the stamps of a table are of the clock, whether or not that is faster. */
final class Periods {
  private Periods() {}

  /** Begins a period or ends one. */
  static void change(LruTable<?> table, Random random) {
    AdaptiveStamps stamps = of(table);
    if (random.nextBoolean()) {
      stamps.begin();
    } else {
      end(stamps);
    }
  }

  /** The stamps of a table, which has them from now on. */
  static AdaptiveStamps of(LruTable<?> table) {
    arePossible();
    while (true) {
      if (table.stamps() instanceof AdaptiveStamps adaptive) {
        return adaptive;
      }
      table.adaptStamps();
    }
  }

  static void arePossible() {
    assumeFalse(ClockPeriod.CLOCK_STANDS_STILL, "the clock does not tell uses apart");
  }

  /** Ends a period if there is one. */
  static void end(AdaptiveStamps stamps) {
    ClockPeriod period = stamps.period();
    if (period != null) {
      stamps.end(period);
    }
  }
}
