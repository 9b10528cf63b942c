package io.jstorage.spi;

import io.jstorage.Loader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The loads in flight of one storage: one per key at a time, shared by all concurrent callers for
 * that key ("single flight"). No lock is held while a loader runs.
 */
final class Loads<V> {
  private final AbstractStorage<V> storage;
  private final ConcurrentMap<String, Load<V>> running = new ConcurrentHashMap<>();

  /**
   * At least the number of loads that are running. A change looks at it first, as mostly there is
   * none.
   */
  private final AtomicInteger inFlight = new AtomicInteger();

  /** The number of changes of a key in flight, if loads need to know it. */
  private final ConcurrentMap<String, Integer> changing = new ConcurrentHashMap<>();

  private final AtomicInteger clearing = new AtomicInteger();

  /**
   * The load that each waiting thread waits for: the edges along which a recursion is detected.
   * They are shared by all storages, as a loader may call another storage, whose loader calls this
   * one.
   */
  private static final Map<Thread, Load<?>> WAITING = new ConcurrentHashMap<>();

  Loads(AbstractStorage<V> storage) {
    this.storage = storage;
  }

  /** The exception of a loader is thrown to its caller, and to all callers that waited for it. */
  <E extends Exception> V load(String key, Loader<? extends V, E> loader) throws E {
    Load<V> mine = new Load<>(Thread.currentThread());
    while (true) {
      Load<V> other = register(key, mine);
      if (other == null) {
        run(mine, key, () -> lookedUpOrLoaded(mine, key, loader));
        return mine.get();
      }
      boolean outdated = other.isStale();
      await(other, key);
      if (!outdated) {
        return other.get();
      }
    }
  }

  /** Loads a key that may be present, unless a load of it is running. */
  <E extends Exception> boolean reload(
      String key, Loader<? extends V, E> loader, UnaryOperator<V> storing) throws E {
    Load<V> mine = new Load<>(Thread.currentThread());
    if (register(key, mine) != null) {
      return false;
    }
    run(mine, key, () -> store(mine, key, storage.load(key, loader), storing));
    mine.get();
    return true;
  }

  /** Adds a load, or returns the one of that key that is running. */
  private @Nullable Load<V> register(String key, Load<V> load) {
    inFlight.getAndIncrement();
    Load<V> other = running.putIfAbsent(key, load);
    if (other != null) {
      inFlight.getAndDecrement();
    }
    return other;
  }

  private void run(Load<V> mine, String key, Callable<V> making) {
    try {
      // A load is registered before it checks for changes, and a change before it checks for loads:
      // if both begin concurrently, at least one sees the other.
      if (changing.containsKey(key) || clearing.get() > 0) {
        mine.markStale();
      }
      mine.value = making.call();
    } catch (Throwable e) {
      mine.failure = e;
    }
    // Removed before the waiting callers get the result: later callers load again; no failure is
    // remembered.
    running.remove(key, mine);
    inFlight.getAndDecrement();
    mine.over = true;
    mine.end.unlock();
  }

  private V lookedUpOrLoaded(Load<V> mine, String key, Loader<? extends V, ?> loader)
      throws Exception {
    // Another load may have ended since the first lookup, which was the access.
    V present = storage.lookup(key, loader, Access.PEEK);
    return present != null
        ? present
        : store(mine, key, storage.load(key, loader), loaded -> storage.storeLoaded(key, loaded));
  }

  private V store(Load<V> mine, String key, @Nullable V loaded, UnaryOperator<V> storing) {
    if (loaded == null) {
      throw new NullPointerException(
          "the loader of %s in %s returned null".formatted(Keys.display(key), storage));
    }
    mine.storing.lock();
    try {
      return mine.stale ? loaded : storing.apply(loaded);
    } finally {
      mine.storing.unlock();
    }
  }

  @SuppressWarnings("LockNotBeforeTry") // It is taken to wait for it, and guards nothing.
  private void await(Load<V> load, String key) {
    Thread me = Thread.currentThread();
    WAITING.put(me, load);
    try {
      // A thread that waits for a finished load is not blocked, though it may not have woken up
      // yet.
      for (Load<?> next = load; next != null && !next.over; next = WAITING.get(next.owner)) {
        if (next.owner == me) {
          throw new IllegalStateException(
              "the loader of %s in %s asks, directly or through another load, for the key it loads"
                  .formatted(Keys.display(key), storage));
        }
      }
      load.end.lock();
      load.end.unlock();
    } finally {
      WAITING.remove(me);
    }
  }

  /**
   * Keeps loads of a key that are in flight, or begin before the end of the change, from storing
   * their values. Waits for one that is just being stored.
   *
   * @return a note for {@link #endChange}
   */
  boolean beginChange(String key) {
    // An atomic storage stores a loaded value only if no entry exists: a load that begins during a
    // write cannot overwrite it, and one that begins during a removal loads a newer value. Then it
    // is enough to mark loads at both ends of a change, and it need not be recorded.
    boolean noted = !storage.isKnownAtomic();
    beginChange(key, noted);
    return noted;
  }

  private void beginChange(String key, boolean noted) {
    if (noted) {
      changing.merge(key, 1, Integer::sum);
    }
    markStale(key);
  }

  /** Ends a change, which may have happened even if it failed. */
  void endChange(String key, boolean noted) {
    markStale(key);
    if (noted) {
      changing.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  boolean beginChanges(List<String> keys) {
    boolean noted = !storage.isKnownAtomic();
    keys.forEach(key -> beginChange(key, noted));
    return noted;
  }

  void endChanges(List<String> keys, boolean noted) {
    keys.forEach(key -> endChange(key, noted));
  }

  void beginClear() {
    clearing.incrementAndGet();
    markAllStale();
  }

  void endClear() {
    markAllStale();
    clearing.decrementAndGet();
  }

  private void markStale(String key) {
    Load<V> load = inFlight.get() == 0 ? null : running.get(key);
    if (load != null) {
      load.markStale();
    }
  }

  private void markAllStale() {
    running.values().forEach(Load::markStale);
  }

  /** One load. Its lock makes storing and marking as stale exclude each other. */
  private static final class Load<V> {
    final Thread owner;

    /**
     * Held until the load is over. It is no future and no phaser: a thread of a fork-join pool that
     * waits for one of those runs other tasks, which may request a key that is being loaded further
     * up its stack, or fails if too many threads wait.
     */
    final ReentrantLock end = new ReentrantLock();

    volatile boolean over;

    /** The result: a value, or the exception of the loader. Read after the end. */
    @Nullable V value;

    @Nullable Throwable failure;
    final ReentrantLock storing = new ReentrantLock();

    /** True if the key was changed while the load was in flight: its value must not be stored. */
    boolean stale;

    Load(Thread owner) {
      this.owner = owner;
      end.lock();
    }

    void markStale() {
      storing.lock();
      try {
        stale = true;
      } finally {
        storing.unlock();
      }
    }

    boolean isStale() {
      storing.lock();
      try {
        return stale;
      } finally {
        storing.unlock();
      }
    }

    V get() {
      if (failure != null) {
        Loads.<RuntimeException>rethrow(failure);
      }
      return Objects.requireNonNull(value);
    }
  }

  /** Lets the very exception of the loader pass. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void rethrow(Throwable e) throws E {
    throw (E) e;
  }
}
