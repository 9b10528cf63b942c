package io.jstorage.redis;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How long an operation may still take, through all its waiting and repeating. Interrupts end none
 * of it: they are set aside, as they would close the socket of a virtual thread, and given back by
 * {@link #close}.
 */
final class Patience implements AutoCloseable {
  private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final long deadline;
  private long pause = TimeUnit.MILLISECONDS.toNanos(1);
  private boolean interrupted;

  Patience(Duration timeout) {
    this.deadline = System.nanoTime() + timeout.toNanos();
    setInterruptAside();
  }

  private void setInterruptAside() {
    if (Thread.interrupted()) {
      interrupted = true;
    }
  }

  /** Waits for a permit; false if there was none in time. */
  boolean acquire(Semaphore permits) {
    while (true) {
      try {
        return permits.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  boolean isOver() {
    return deadline - System.nanoTime() <= 0;
  }

  /** Waits a little before the next attempt, longer each time; false if there is to be none. */
  boolean pause() {
    setInterruptAside();
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(Math.min(pause, left));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    pause = Math.min(2 * pause, MAX_PAUSE_NANOS);
    return true;
  }

  @Override
  public void close() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
