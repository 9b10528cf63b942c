package io.jstorage.redis;

import io.jstorage.spi.Backoff;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * The time by which an operation ends, with all its waits and retries. Interrupts do not end it:
 * they are deferred until {@link #close}, as they would close the socket of a virtual thread. For
 * one thread.
 */
final class Deadline implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private final long timeoutNanos;
  private long at;
  private @Nullable Backoff backoff;
  private boolean interrupted;

  private Deadline(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
    this.at = System.nanoTime() + timeoutNanos;
    deferInterrupt();
  }

  /** Begins an operation that has a time-out. */
  static Deadline in(Duration timeout) {
    return new Deadline(timeout.toNanos());
  }

  private void deferInterrupt() {
    if (Thread.interrupted()) {
      interrupted = true;
    }
  }

  /** Gives a part of the operation the whole time-out again, after another part succeeded. */
  void restart() {
    at = System.nanoTime() + timeoutNanos;
    backoff = null;
  }

  boolean isOver() {
    return remainingNanos() <= 0;
  }

  private long remainingNanos() {
    return at - System.nanoTime();
  }

  /** Waits for a permit until the deadline, and returns false if there was none. */
  boolean acquire(Semaphore permits) {
    while (true) {
      try {
        return permits.tryAcquire(remainingNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  /** Waits for a lock until the deadline, and returns false if it was not free. */
  boolean acquire(Lock lock) {
    while (true) {
      try {
        return lock.tryLock(remainingNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  /** Pauses before the next attempt, or returns false if the deadline is over. */
  boolean backOff() {
    long remaining = remainingNanos();
    if (remaining <= 0) {
      return false;
    }
    if (backoff == null) {
      backoff = Backoff.between(FIRST_PAUSE, LONGEST_PAUSE);
    }
    backoff.pause(remaining);
    deferInterrupt();
    return true;
  }

  /** Sets the thread's flag again if it was interrupted. */
  @Override
  public void close() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
