package io.jstorage.memory;

/** A while in which {@link Stamps} are of the clock. */
final class ClockPeriod {
  static final long NANOS = 20_000_000;

  /** More than the threads that may take a stamp as a period begins or ends. */
  private static final long GAP = 1 << 20;

  /** So often that the code is compiled, and as fast as it will be. */
  private static final int READINGS = 200_000;

  /** Whether two calls in a row return the same time. Finding out takes some milliseconds. */
  static final boolean CLOCK_STANDS_STILL = standsStill();

  /** To be added to the clock. */
  private final long base;

  private final long end;

  /** How many uses there are to be at the end, if the period was worth it. */
  final double usesWanted;

  /** Begins at a time of the clock, after a last stamp. */
  ClockPeriod(long now, long last, double usesWanted) {
    this.base = last + GAP - now;
    this.end = last + GAP + NANOS;
    this.usesWanted = usesWanted;
  }

  private static boolean standsStill() {
    long last = System.nanoTime();
    for (int i = 0; i < READINGS; i++) {
      long now = System.nanoTime();
      if (now == last) {
        return true;
      }
      last = now;
    }
    return false;
  }

  /** The stamp of now. */
  long time() {
    return base + System.nanoTime();
  }

  boolean isOverAt(long time) {
    return time > end;
  }

  /** The greatest stamp of a use. */
  long end() {
    return end;
  }

  /** A stamp above all of the period, those of writes too. */
  long stampAfter() {
    return end + GAP;
  }
}
