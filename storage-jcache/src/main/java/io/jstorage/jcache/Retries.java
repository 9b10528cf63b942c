package io.jstorage.jcache;

import io.jstorage.cache.CacheKey;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.cache.CacheException;

/** Pauses between the attempts to change an entry that others change as well. */
final class Retries {
  private static final int WITHOUT_PAUSE = 2;
  private static final long FIRST_PAUSE = 20_000;
  private static final long LONGEST_PAUSE = 20_000_000;
  private static final long PATIENCE = 30_000_000_000L;

  private final long patience;
  private int attempts;
  private long pause = FIRST_PAUSE;
  private long start;

  /** Gives up after half a minute. */
  Retries() {
    this(PATIENCE);
  }

  /** Gives up after some nanoseconds. */
  Retries(long patience) {
    this.patience = patience;
  }

  /**
   * Waits before the next attempt.
   *
   * @throws CacheException if there have been attempts for long enough
   */
  void next(CacheKey name) {
    long now = System.nanoTime();
    if (attempts++ == 0) {
      start = now;
    }
    if (now - start > patience) {
      throw new CacheException(
          "the entry of '%s' was changed in each of %d attempts to change it: by others, or by the operation itself, which must not use the cache for its own key"
              .formatted(name.text(), attempts));
    }
    if (attempts > WITHOUT_PAUSE) {
      // Threads that fail together must not retry together.
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause) + 1);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }
}
