package io.jstorage.spi;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The running loads of one storage: one per key at a time, shared by everyone who asks for that key
 * meanwhile ("single flight"). No lock is held while a loader runs.
 */
final class Loads<V> {
  private final ConcurrentMap<String, Load<V>> running = new ConcurrentHashMap<>();

  /**
   * Which load each waiting thread waits for; the edges along which a recursion is found. Those of
   * all storages, as a loader may ask another one, whose loader asks this one.
   */
  private static final Map<Thread, Load<?>> WAITING = new ConcurrentHashMap<>();

  V load(AbstractStorage<V> storage, String key, Function<? super String, ? extends V> loader) {
    Load<V> mine = new Load<>(storage, Thread.currentThread());
    while (true) {
      Load<V> other = running.putIfAbsent(key, mine);
      if (other == null) {
        return run(mine, key, loader);
      }
      boolean outdated = other.isOvertaken();
      await(other, key);
      if (!outdated) {
        return other.get();
      }
    }
  }

  private V run(Load<V> mine, String key, Function<? super String, ? extends V> loader) {
    try {
      V present = mine.storage.lookup(key);
      mine.value = present != null ? present : mine.store(key, loader.apply(key));
    } catch (Throwable e) {
      mine.failure = e;
    }
    // Gone before it is answered: who comes now starts afresh, so that no failure is remembered.
    running.remove(key, mine);
    mine.over = true;
    mine.end.unlock();
    return mine.get();
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
                  .formatted(Keys.display(key), load.storage));
        }
      }
      load.end.lock();
      load.end.unlock();
    } finally {
      WAITING.remove(me);
    }
  }

  /** Keeps a running load of a key from storing its value; waits if it is just being stored. */
  void overtake(String key) {
    Load<V> load = running.get(key);
    if (load != null) {
      load.overtake();
    }
  }

  void overtakeAll() {
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

    /** What came of it: a value, or what the loader threw. Read after the end. */
    @Nullable V value;

    @Nullable Throwable failure;
    private final AbstractStorage<V> storage;
    private final ReentrantLock storing = new ReentrantLock();
    private boolean overtaken;

    Load(AbstractStorage<V> storage, Thread owner) {
      this.storage = storage;
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

    V store(String key, @Nullable V loaded) {
      if (loaded == null) {
        throw new NullPointerException(
            "the loader of %s in %s returned null".formatted(Keys.display(key), storage));
      }
      storing.lock();
      try {
        return overtaken ? loaded : storage.storeLoaded(key, loaded);
      } finally {
        storing.unlock();
      }
    }
  }

  /**
   * Lets the very exception of the loader pass, which a function can only have thrown unchecked.
   */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void rethrow(Throwable e) throws E {
    throw (E) e;
  }
}
