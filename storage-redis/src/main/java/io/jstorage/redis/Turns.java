package io.jstorage.redis;

import io.jstorage.redis.Turn.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The line of threads that wait for a connection, of which there is a limited number. They are
 * served in the order in which they arrive. The one at the head takes the short commands right
 * behind it along, and sends them with its own. So no command waits longer before it is sent than
 * it would by itself; it may wait for the replies before its own, of which there are no more than
 * 32, or 64 KiB if they are as long as recent ones. A virtual thread takes no writes along, as an
 * interrupt of it would leave their outcome unknown. Thread-safe.
 */
final class Turns {
  private static final int MOST = 32;
  private static final int MOST_BYTES = 1 << 16;

  /** The length of the longest recent reply shrinks by this part with each later one. */
  private static final int FORGETTING = 64;

  private final Lock lock = new ReentrantLock();

  // Guarded by the lock. Nobody waits while a turn is free.
  private final Deque<Turn<?>> waiting = new ArrayDeque<>();
  private int free;
  private int longest;
  private boolean closed;

  /**
   * @param connections how many turns there are at once
   */
  Turns(int connections) {
    this.free = connections;
  }

  /**
   * Waits for a turn, or until another thread has carried its command out.
   *
   * @return {@link State#WAITING} if the deadline came first, and nothing was sent
   */
  State await(Turn<?> turn, Deadline deadline) {
    lock.lock();
    try {
      if (closed) {
        return State.CLOSED;
      }
      if (free > 0) {
        free--;
        turn.state = State.OWN;
        return State.OWN;
      }
      waiting.add(turn);
    } finally {
      lock.unlock();
    }
    if (!deadline.acquire(turn.over) && !leave(turn)) {
      // It has been sent, and whoever sent it ends by a time-out.
      deadline.acquireLate(turn.over);
    }
    return turn.state;
  }

  /** Returns false if the turn has come, or has been taken along. */
  private boolean leave(Turn<?> turn) {
    lock.lock();
    try {
      return waiting.remove(turn);
    } finally {
      lock.unlock();
    }
  }

  /** Returns a turn that has come and those whose commands are sent with its own. */
  List<Turn<?>> gather(Turn<?> turn) {
    List<Turn<?>> together = new ArrayList<>();
    together.add(turn);
    boolean fragile = VirtualThreads.isCurrent();
    lock.lock();
    try {
      int most = Math.min(MOST, MOST_BYTES / Math.max(1, longest));
      Turn<?> next;
      while (together.size() < most
          && (next = waiting.peek()) != null
          && next.mayBeSentBy(fragile)) {
        waiting.remove();
        next.state = State.CARRIED;
        together.add(next);
      }
    } finally {
      lock.unlock();
    }
    return together;
  }

  /** Notes how long replies are at present. */
  void saw(int length) {
    lock.lock();
    try {
      longest = Math.max(length, longest - longest / FORGETTING);
    } finally {
      lock.unlock();
    }
  }

  /** Gives a turn to the next thread. */
  void end() {
    Turn<?> next;
    lock.lock();
    try {
      next = waiting.poll();
      if (next == null) {
        free++;
        return;
      }
      next.state = State.OWN;
    } finally {
      lock.unlock();
    }
    next.over.release();
  }

  /** Ends all waits for a turn, also later ones. */
  void close() {
    List<Turn<?>> left;
    lock.lock();
    try {
      closed = true;
      left = List.copyOf(waiting);
      left.forEach(turn -> turn.state = State.CLOSED);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    left.forEach(turn -> turn.over.release());
  }
}
