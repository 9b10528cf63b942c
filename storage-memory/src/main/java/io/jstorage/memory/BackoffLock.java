package io.jstorage.memory;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that is held for less time than it takes to put a thread to sleep. A thread that finds it
 * taken tries again after pauses that double, for about as long as waking up takes, and only then
 * sleeps: waiting never costs more than twice what it must (A. R. Karlin, K. Li, M. S. Manasse and
 * S. Owicki, "Empirical Studies of Competitive Spinning for a Shared-Memory Multiprocessor", 1991).
 * Few attempts leave the owner its cache lines for some more operations in a row (T. E. Anderson,
 * "The Performance of Spin Lock Alternatives", 1990).
 */
final class BackoffLock {
  private static final int FIRST_PAUSE = 4;
  private static final int LAST_PAUSE = 256;

  private final ReentrantLock lock = new ReentrantLock();

  void lock() {
    for (int pause = FIRST_PAUSE; pause <= LAST_PAUSE; pause <<= 1) {
      if (lock.tryLock()) {
        return;
      }
      for (int i = 0; i < pause; i++) {
        Thread.onSpinWait();
      }
    }
    lock.lock();
  }

  boolean tryLock() {
    return lock.tryLock();
  }

  void unlock() {
    lock.unlock();
  }
}
