package io.jstorage.testkit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how often a thread wakes up that sleeps for ten milliseconds each time: a clock that is
 * slower if the machine is busy with other work, and stops if the machine is stopped.
 */
final class Pulse implements AutoCloseable {
  /** A second of a machine that has nothing else to do. */
  static final long SECOND = 100;

  private final AtomicLong beats = new AtomicLong();
  private final Thread heart;

  Pulse() {
    heart = Race.daemon(this::beat);
    heart.start();
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(1_000 / SECOND);
        beats.incrementAndGet();
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  long beats() {
    return beats.get();
  }

  @Override
  public void close() {
    heart.interrupt();
  }
}
