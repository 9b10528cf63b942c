package io.jstorage.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * A lock for each key in use, so that writers, loaders and listeners of one process see the changes
 * of a key in the order in which they are made.
 *
 * <p>Their calls for other keys are not restricted. Threads that would wait for each other in a
 * circle are detected: the last one fails instead of waiting.
 */
final class KeyLocks {
  /** Which lock a thread waits for, in whichever cache. */
  private static final Map<Thread, KeyLock> WAITING = new ConcurrentHashMap<>();

  private final ConcurrentHashMap<String, KeyLock> locks = new ConcurrentHashMap<>();

  private static final class KeyLock extends ReentrantLock {
    private static final long serialVersionUID = 1L;

    /** How many hold it or wait for it; changed within {@code compute} only. */
    private int users;

    @Nullable Thread owner() {
      return getOwner();
    }
  }

  /** Locks that are held until they are closed. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  Held hold(String name) {
    KeyLock lock =
        locks.compute(
            name,
            (n, present) -> {
              KeyLock used = present == null ? new KeyLock() : present;
              used.users++;
              return used;
            });
    try {
      acquire(lock, name);
    } catch (RuntimeException | Error e) {
      forget(name);
      throw e;
    }
    return () -> {
      lock.unlock();
      forget(name);
    };
  }

  /** Holds several in one order, so that two of these never wait for each other. */
  Held holdAll(Collection<String> names) {
    List<Held> held = new ArrayList<>();
    Held all = () -> held.forEach(Held::close);
    try {
      for (String name : new TreeSet<>(names)) {
        held.add(hold(name));
      }
      return all;
    } catch (RuntimeException | Error e) {
      all.close();
      throw e;
    }
  }

  private void forget(String name) {
    locks.computeIfPresent(name, (n, lock) -> --lock.users == 0 ? null : lock);
  }

  private static void acquire(KeyLock lock, String name) {
    if (lock.tryLock()) {
      return;
    }
    Thread self = Thread.currentThread();
    // Said before looking: of the threads that close a circle, the last one to say so sees it.
    WAITING.put(self, lock);
    try {
      List<Thread> ahead = waitedFor(lock, self);
      // A chain that is the same in two looks is real: a waiting thread cannot release a lock in
      // between.
      if (ahead.contains(self) && ahead.equals(waitedFor(lock, self))) {
        throw new CacheException(
            "this thread waits for the key '%s', whose lock another one holds that waits for this one: a writer, loader, listener or entry processor must not change keys in an order of its own"
                .formatted(name));
      }
      lock.lock();
    } finally {
      WAITING.remove(self);
    }
  }

  /** The threads that must go on before a lock is free, up to and with the one that asks. */
  private static List<Thread> waitedFor(KeyLock lock, Thread self) {
    List<Thread> threads = new ArrayList<>();
    KeyLock next = lock;
    while (next != null) {
      Thread owner = next.owner();
      if (owner == null || threads.contains(owner)) {
        break;
      }
      threads.add(owner);
      next = owner == self ? null : WAITING.get(owner);
    }
    return threads;
  }
}
