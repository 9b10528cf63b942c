package io.jstorage.spi;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Pauses between attempts that double up to a longest one, each shortened at random by up to half,
 * so that callers that failed together do not try again together ("exponential backoff and
 * jitter"). One object serves one series of attempts of one thread.
 */
public final class Backoff {
  private final long longest;
  private long next;

  private Backoff(long first, long longest) {
    this.next = first;
    this.longest = longest;
  }

  /**
   * Begins a series.
   *
   * @param first the first pause, positive
   * @param longest the longest pause, at least {@code first}
   * @return the series
   */
  public static Backoff between(Duration first, Duration longest) {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "pauses from %s to %s: the first must be positive and not longer than the longest"
              .formatted(first, longest));
    }
    return new Backoff(first.toNanos(), longest.toNanos());
  }

  /**
   * Returns the next pause without making it.
   *
   * @return nanoseconds, at least one
   */
  public long nextNanos() {
    long pause = next;
    next = pause > longest / 2 ? longest : 2 * pause;
    return pause - ThreadLocalRandom.current().nextLong(pause / 2 + 1);
  }

  /** Makes the next pause. An interrupt does not shorten it; the flag is set afterwards. */
  public void pause() {
    pause(Long.MAX_VALUE);
  }

  /**
   * Makes the next pause, but not longer than a given time. An interrupt does not shorten it; the
   * flag is set afterwards.
   *
   * @param atMost nanoseconds; nothing happens if it is not positive
   */
  public void pause(long atMost) {
    long end = System.nanoTime() + Math.min(atMost, nextNanos());
    boolean interrupted = false;
    for (long left; (left = end - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(this, left);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
