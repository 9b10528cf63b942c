package io.jstorage.s3;

import io.jstorage.spi.ByteStoreException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the purges of this JVM from deleting fresh writes. S3 deletes by entity tag, which depends
 * on the content only: after an object was found to be expired, the same bytes may be written
 * again. A writer waits only while the very object that it writes is being deleted. Thread-safe.
 */
final class WritesInFlight {
  /** An object that is being written or purged; of all stores of the JVM. */
  private record Name(String bucket, String name) {}

  /** The progress of a purge with an object. */
  private enum Purge {
    NONE,
    LOOKING,
    /** It was looking, and a write began. */
    OVERTAKEN,
    DELETING
  }

  /**
   * The state of one object.
   *
   * @param writers how many writes are in flight
   * @param deleted opened when the deletion has ended; null unless it is deleting
   */
  private record State(int writers, Purge purge, @Nullable CountDownLatch deleted) {
    static final State LOOKED_AT = new State(0, Purge.LOOKING, null);

    @Nullable State plus(int more) {
      int now = writers + more;
      Purge next = purge == Purge.LOOKING ? Purge.OVERTAKEN : purge;
      return now == 0 && next == Purge.NONE ? null : new State(now, next, deleted);
    }

    @Nullable State withoutPurge() {
      return writers == 0 ? null : new State(writers, Purge.NONE, null);
    }
  }

  private static final ConcurrentHashMap<Name, State> STATES = new ConcurrentHashMap<>();

  private final String bucket;
  private final Duration timeout;

  /**
   * Makes the writes to a bucket.
   *
   * @param timeout how long a write waits at most for a deletion of its object
   */
  WritesInFlight(String bucket, Duration timeout) {
    this.bucket = bucket;
    this.timeout = timeout;
  }

  /** A write, or nothing that a purge must know of. */
  @FunctionalInterface
  interface Write {
    /** Of a store whose entries do not expire. */
    Write UNWATCHED = () -> {};

    /** Ends it. */
    void end();
  }

  /**
   * Registers a write of an object. An interrupt does not shorten the wait; the flag is set
   * afterwards.
   *
   * @throws ByteStoreException if the object is being deleted for longer than the timeout
   */
  Write begin(String name) throws ByteStoreException {
    Name object = new Name(bucket, name);
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      CountDownLatch[] deletion = new CountDownLatch[1];
      STATES.compute(
          object,
          (unused, state) -> {
            if (state == null) {
              return new State(1, Purge.NONE, null);
            }
            deletion[0] = state.deleted();
            return state.deleted() == null ? state.plus(1) : state;
          });
      if (deletion[0] == null) {
        return () -> STATES.computeIfPresent(object, (unused, state) -> state.plus(-1));
      }
      if (!await(deletion[0], end - System.nanoTime())) {
        throw ByteStoreException.unavailable(
            "a purge has been deleting the expired object for %s".formatted(timeout), null);
      }
    }
  }

  private static boolean await(CountDownLatch latch, long nanos) {
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Begins to look at an object to purge it.
   *
   * @return false if it is being written or purged
   */
  boolean beginPurge(String name) {
    return STATES.putIfAbsent(new Name(bucket, name), State.LOOKED_AT) == null;
  }

  /**
   * Registers the deletion of the examined object. Writes wait from now on.
   *
   * @return false if a write has begun
   */
  boolean beginDeletion(String name) {
    return STATES.replace(
        new Name(bucket, name),
        State.LOOKED_AT,
        new State(0, Purge.DELETING, new CountDownLatch(1)));
  }

  /** Ends what {@link #beginPurge} began. */
  void endPurge(String name) {
    STATES.computeIfPresent(
        new Name(bucket, name),
        (unused, state) -> {
          CountDownLatch deleted = state.deleted();
          if (deleted != null) {
            deleted.countDown();
          }
          return state.withoutPurge();
        });
  }
}
