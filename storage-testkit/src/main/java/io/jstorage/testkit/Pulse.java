package io.jstorage.testkit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how often a thread came to its turn that sleeps for ten milliseconds each time: a clock
 * that goes slower where the machine is busy with other work, and stands still where it is stopped.
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
