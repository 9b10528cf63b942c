package io.jstorage.testkit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how often a thread wakes up that sleeps for ten milliseconds each time: a clock that is
 * slower if the machine is busy with other work, and stops if the machine is stopped.
 */
final class LoadAwareClock implements AutoCloseable {
  /** A second of a machine that has nothing else to do. */
  static final long SECOND = 100;

  private final AtomicLong ticks = new AtomicLong();
  private final Thread ticker;

  LoadAwareClock() {
    ticker = Race.daemon(this::tick);
    ticker.start();
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(1_000 / SECOND);
        ticks.incrementAndGet();
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  long ticks() {
    return ticks.get();
  }

  @Override
  public void close() {
    ticker.interrupt();
  }
}
