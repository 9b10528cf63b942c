package io.jstorage.spi;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls to a storage that is being closed, and delays the closing until calls in flight
 * have ended. Counting them costs two atomic additions a call. If the store holds nothing open,
 * they are not counted, and only new ones are refused.
 */
final class Gate {
  /** No pass. */
  private static final int REFUSED = -1;

  /** The pass where calls are not counted. */
  private static final int UNCOUNTED = 0;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A power of two. */
  private static final int STRIPES = 16;

  /** So many counters fill a cache line; one of them is used. */
  private static final int PADDING = 16;

  private enum State {
    /** Calls pass without being counted. */
    FREE,
    /** Calls are counted. */
    COUNTED,
    /** Calls are refused. */
    CLOSED
  }

  private final Object place;
  private final boolean counting;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicIntegerArray inFlight;
  private volatile State state;
  private volatile @Nullable Thread closer;

  /** Open listings and value streams; those that are no longer referenced are dropped. */
  private final Set<Closeable> open = Collections.newSetFromMap(new WeakHashMap<>());

  private final ReentrantLock openLock = new ReentrantLock();

  Gate(Object place, boolean counting) {
    this.place = place;
    this.counting = counting;
    this.state = counting ? State.COUNTED : State.FREE;
    this.inFlight = new AtomicIntegerArray(counting ? PADDING * (STRIPES + 1) : 0);
  }

  boolean isClosed() {
    return state == State.CLOSED;
  }

  /** Whether a call that fails now may have failed because the store was closed under it. */
  boolean mayHaveBrokenOff() {
    return counting && isClosed();
  }

  void checkOpen() {
    if (isClosed()) {
      throw new IllegalStateException(place + " is closed");
    }
  }

  /**
   * Begins a call.
   *
   * @return a pass for {@link #leave}
   * @throws IllegalStateException if closing has begun
   */
  int enter() {
    int pass = tryEnter();
    if (pass == REFUSED) {
      checkOpen();
    }
    return pass;
  }

  /** Begins a call, or returns {@link #REFUSED}. */
  private int tryEnter() {
    State seen = state;
    // One look is all for a store in memory.
    if (seen == State.FREE) {
      return UNCOUNTED;
    }
    if (seen == State.CLOSED) {
      return REFUSED;
    }
    int pass = stripe();
    inFlight.getAndIncrement(pass);
    // Counted before it looks again: the closing thread sets the state before it counts, so that
    // one of the two sees the other.
    if (isClosed()) {
      leave(pass);
      return REFUSED;
    }
    return pass;
  }

  /** Ends a call. It leaves by the stripe by which it entered, so that none is ever below zero. */
  void leave(int pass) {
    if (pass != UNCOUNTED && inFlight.decrementAndGet(pass) == 0 && isClosed()) {
      LockSupport.unpark(closer);
    }
  }

  @SuppressWarnings("deprecation") // threadId() came with Java 19.
  private static int stripe() {
    return PADDING * (1 + ((int) Thread.currentThread().getId() & (STRIPES - 1)));
  }

  /**
   * Takes a listing or a stream that holds a part of the store open. If the storage is closed
   * first, the closing thread closes it, but not while a step of it is in progress.
   */
  void register(Closeable listing) {
    if (counting) {
      openLock.lock();
      try {
        open.add(listing);
      } finally {
        openLock.unlock();
      }
    }
  }

  /** Closes a listing for its reader, unless the closing thread has closed it or is about to. */
  void end(Closeable listing) throws IOException {
    if (!counting) {
      listing.close();
      return;
    }
    int pass = tryEnter();
    if (pass == REFUSED) {
      return;
    }
    try {
      if (forget(listing)) {
        listing.close();
      }
    } finally {
      leave(pass);
    }
  }

  /** Returns whether a listing was open, so that it is closed once. */
  private boolean forget(Closeable listing) {
    openLock.lock();
    try {
      return open.remove(listing);
    } finally {
      openLock.unlock();
    }
  }

  /**
   * Refuses new calls, and waits for those in flight to end, for two seconds at most; then ends
   * what is lazy. An interrupt does not shorten the waiting; the flag is set afterwards.
   *
   * @return false if another thread has closed or is closing
   */
  boolean close() {
    if (!closing.compareAndSet(false, true)) {
      return false;
    }
    closer = Thread.currentThread();
    state = State.CLOSED;
    if (counting) {
      awaitCalls();
      openListings().forEach(this::breakOff);
    }
    return true;
  }

  private void awaitCalls() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    boolean interrupted = false;
    for (int pass = PADDING; pass < inFlight.length(); pass += PADDING) {
      long left;
      while (inFlight.get(pass) != 0 && (left = end - System.nanoTime()) > 0) {
        LockSupport.parkNanos(this, left);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void breakOff(Closeable listing) {
    try {
      if (forget(listing)) {
        listing.close();
      }
    } catch (IOException | RuntimeException e) {
      // Looked up here: the first logger takes some 10 ms, too long for a program's start.
      System.getLogger(Gate.class.getName())
          .log(Level.DEBUG, "an open stream could not be closed before its store", e);
    }
  }

  private List<Closeable> openListings() {
    openLock.lock();
    try {
      return new ArrayList<>(open);
    } finally {
      openLock.unlock();
    }
  }
}
