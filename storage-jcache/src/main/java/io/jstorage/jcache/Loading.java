package io.jstorage.jcache;

import io.jstorage.cache.CacheKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Loads what is absent. One thread of this process loads a key at a time, and no change of a key
 * through this cache happens between its load and the storing: a change waits, and after a {@link
 * #clear} what was loaded before is returned and not stored.
 */
final class Loading<K, V> {
  private final Entries<K, V> entries;
  private final BackingStorage backing;
  private final KeyLocks locks;
  private final ReadThrough<K, V> loader;

  /** Shared by those that store what was loaded; a clear takes all of it. */
  private final ReentrantReadWriteLock storing = new ReentrantReadWriteLock();

  /** How often the cache was cleared. */
  private final AtomicLong clears = new AtomicLong();

  Loading(Entries<K, V> entries, BackingStorage backing, KeyLocks locks, ReadThrough<K, V> loader) {
    this.entries = entries;
    this.backing = backing;
    this.locks = locks;
    this.loader = loader;
  }

  /** Loads and stores an absent value, unless another caller has stored one concurrently. */
  @Nullable V load(K key) {
    CacheKey name = entries.name(key);
    KeyLocks.Held held = locks.hold(name.place());
    try {
      Stored<Object> present = backing.get(name);
      if (present != null) {
        return entries.value(present);
      }
      long before = clears.get();
      V loaded = loader.load(key);
      return loaded == null ? null : store(key, name, loaded, false, before);
    } finally {
      held.close();
    }
  }

  /** Loads a value for a caller that stores it and holds the lock of its key. */
  @Nullable V loadOnly(K key) {
    return loader.load(key);
  }

  /**
   * Loads and stores several values, in place of those that are there or only where there are none.
   *
   * @return the values that are there then; those that the loader does not have are left out
   */
  Map<K, V> load(Collection<K> keys, boolean replace) {
    Map<K, CacheKey> names = new LinkedHashMap<>();
    keys.forEach(key -> names.put(key, entries.name(key)));
    KeyLocks.Held held = locks.holdAll(names.values().stream().map(CacheKey::place).toList());
    try {
      Map<K, V> values = new LinkedHashMap<>();
      List<K> wanted = new ArrayList<>();
      names.forEach(
          (key, name) -> {
            Stored<Object> present = replace ? null : backing.get(name);
            if (present == null) {
              wanted.add(key);
            } else {
              values.put(key, entries.value(present));
            }
          });
      long before = clears.get();
      Map<K, V> loaded = wanted.isEmpty() ? Map.of() : loader.loadAll(wanted);
      loaded.forEach(
          (key, value) -> values.put(key, store(key, entries.name(key), value, replace, before)));
      return values;
    } finally {
      held.close();
    }
  }

  /** Stores a loaded value; returns the one that another process was faster to put, if any. */
  private V store(K key, CacheKey name, V loaded, boolean replace, long clearsBefore) {
    Outcome<V> outcome;
    storing.readLock().lock();
    try {
      if (clears.get() != clearsBefore) {
        return loaded;
      }
      outcome =
          entries.changeNow(
              key, name, seen -> seen == null || replace ? Change.store(loaded) : Change.none());
    } finally {
      storing.readLock().unlock();
    }
    outcome.orThrow();
    V winner = replace ? null : outcome.before();
    return winner == null ? loaded : winner;
  }

  void clear() {
    if (storing.getReadHoldCount() > 0) {
      // A listener that hears of a loaded value clears the cache: waiting for it would never end.
      clears.incrementAndGet();
      backing.clear();
      return;
    }
    storing.writeLock().lock();
    try {
      clears.incrementAndGet();
      backing.clear();
    } finally {
      storing.writeLock().unlock();
    }
  }
}
