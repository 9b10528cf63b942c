package io.jstorage.spi;

import io.jstorage.Loader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The loads in flight of one storage: one per key at a time, shared by all who ask for that key
 * concurrently ("single flight"). No lock is held while a loader runs.
 */
final class Loads<V> {
  private final AbstractStorage<V> storage;
  private final ConcurrentMap<String, Load<V>> running = new ConcurrentHashMap<>();

  /** How many changes of a key are in flight, where loads need to know. */
  private final ConcurrentMap<String, Integer> changing = new ConcurrentHashMap<>();

  private final AtomicInteger clearing = new AtomicInteger();

  /**
   * Which load each waiting thread waits for; the edges along which a recursion is found. Those of
   * all storages, as a loader may ask another one, whose loader asks this one.
   */
  private static final Map<Thread, Load<?>> WAITING = new ConcurrentHashMap<>();

  Loads(AbstractStorage<V> storage) {
    this.storage = storage;
  }

  /** The exception of a loader passes, also to those who only waited for it. */
  <E extends Exception> V load(String key, Loader<? extends V, E> loader) throws E {
    Load<V> mine = new Load<>(Thread.currentThread());
    while (true) {
      Load<V> other = running.putIfAbsent(key, mine);
      if (other == null) {
        run(mine, key, () -> lookedUpOrLoaded(mine, key, loader));
        return mine.get();
      }
      boolean outdated = other.isOvertaken();
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
    if (running.putIfAbsent(key, mine) != null) {
      return false;
    }
    run(mine, key, () -> store(mine, key, loader.load(key), storing));
    mine.get();
    return true;
  }

  /** What makes the value of a load. */
  private interface Making<V> {
    V run() throws Exception;
  }

  private void run(Load<V> mine, String key, Making<V> making) {
    try {
      // Entered before it looks, as changes are entered before they look at loads: of a load and a
      // change that begin together, one sees the other.
      if (changing.containsKey(key) || clearing.get() > 0) {
        mine.overtake();
      }
      mine.value = making.run();
    } catch (Throwable e) {
      mine.failure = e;
    }
    // Gone before it is answered: callers that come now start afresh; no failure is remembered.
    running.remove(key, mine);
    mine.over = true;
    mine.end.unlock();
  }

  private V lookedUpOrLoaded(Load<V> mine, String key, Loader<? extends V, ?> loader)
      throws Exception {
    V present = storage.lookup(key, loader);
    return present != null
        ? present
        : store(mine, key, loader.load(key), loaded -> storage.storeLoaded(key, loaded));
  }

  private V store(Load<V> mine, String key, @Nullable V loaded, UnaryOperator<V> storing) {
    if (loaded == null) {
      throw new NullPointerException(
          "the loader of %s in %s returned null".formatted(Keys.display(key), storage));
    }
    mine.storing.lock();
    try {
      return mine.overtaken ? loaded : storing.apply(loaded);
    } finally {
      mine.storing.unlock();
    }
  }

  @SuppressWarnings("LockNotBeforeTry") // It is taken to wait for it, and guards nothing.
  private void await(Load<V> load, String key) {
    Thread me = Thread.currentThread();
    WAITING.put(me, load);
    try {
      // Who waits for a load that is over waits for nobody, though it may not have woken up yet.
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
   * Keeps loads in flight of a key from storing their values, and those that begin before the end
   * of the change. Waits for one that is just being stored.
   *
   * @return a note for {@link #endChange}
   */
  boolean beginChange(String key) {
    // An atomic storage stores what was loaded only where nothing exists: a load that begins beside
    // a write cannot overwrite it, one that begins beside a removal loads what is newer. There the
    // two ends of a change are enough, and it need not be noted.
    boolean noted = !storage.isKnownAtomic();
    if (noted) {
      changing.merge(key, 1, Integer::sum);
    }
    overtake(key);
    return noted;
  }

  /** Ends a change, which may have happened even if it failed. */
  void endChange(String key, boolean noted) {
    overtake(key);
    if (noted) {
      changing.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
  }

  boolean beginChanges(List<String> keys) {
    boolean noted = !storage.isKnownAtomic();
    for (String key : keys) {
      if (noted) {
        changing.merge(key, 1, Integer::sum);
      }
      overtake(key);
    }
    return noted;
  }

  void endChanges(List<String> keys, boolean noted) {
    keys.forEach(key -> endChange(key, noted));
  }

  void beginClear() {
    clearing.incrementAndGet();
    overtakeAll();
  }

  void endClear() {
    overtakeAll();
    clearing.decrementAndGet();
  }

  private void overtake(String key) {
    Load<V> load = running.get(key);
    if (load != null) {
      load.overtake();
    }
  }

  private void overtakeAll() {
    running.values().forEach(Load::overtake);
  }

  /** One load. Its lock makes overtaking and storing exclude each other. */
  private static final class Load<V> {
    final Thread owner;

    /**
     * Held until it is over. No future and no phaser: a thread of a fork-join pool that waits for
     * those runs other tasks meanwhile, which may ask for a key that is being loaded further up its
     * stack, or fails where too many wait.
     */
    final ReentrantLock end = new ReentrantLock();

    volatile boolean over;

    /** The result: a value, or what the loader threw. Read after the end. */
    @Nullable V value;

    @Nullable Throwable failure;
    final ReentrantLock storing = new ReentrantLock();
    boolean overtaken;

    Load(Thread owner) {
      this.owner = owner;
      end.lock();
    }

    void overtake() {
      storing.lock();
      try {
        overtaken = true;
      } finally {
        storing.unlock();
      }
    }

    boolean isOvertaken() {
      storing.lock();
      try {
        return overtaken;
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
