package io.jstorage.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads what is absent. One thread of this process loads a key at a time, and no change of a key
 * through this cache happens between its load and the storing.
 */
final class Loading<K, V> {
  private final Entries<K, V> entries;
  private final Shelf shelf;
  private final KeyLocks locks;
  private final ReadThrough<K, V> loader;

  Loading(Entries<K, V> entries, Shelf shelf, KeyLocks locks, ReadThrough<K, V> loader) {
    this.entries = entries;
    this.shelf = shelf;
    this.locks = locks;
    this.loader = loader;
  }

  /** Loads and stores a value that is absent, unless somebody else has done so meanwhile. */
  @Nullable V load(K key) {
    Name name = entries.name(key);
    KeyLocks.Held held = locks.hold(name.place());
    try {
      Stored<Object> present = shelf.get(name);
      if (present != null) {
        return entries.value(present);
      }
      V loaded = loader.load(key);
      return loaded == null ? null : store(key, name, loaded);
    } finally {
      held.close();
    }
  }

  /** Loads a value for a caller that stores it and holds the lock of its key. */
  @Nullable V loadOnly(K key) {
    return loader.load(key);
  }

  /** Loads and stores values that are absent; those that the loader does not have are left out. */
  Map<K, V> loadAbsent(Collection<K> keys) {
    return load(keys, false);
  }

  /** Loads and stores values in place of those that are there, or where there are none. */
  Map<K, V> load(Collection<K> keys, boolean replace) {
    Map<K, Name> names = new LinkedHashMap<>();
    keys.forEach(key -> names.put(key, entries.name(key)));
    KeyLocks.Held held = locks.holdAll(names.values().stream().map(Name::place).toList());
    try {
      Map<K, V> values = new LinkedHashMap<>();
      List<K> absent = new ArrayList<>();
      names.forEach(
          (key, name) -> {
            Stored<Object> present = replace ? null : shelf.get(name);
            if (present == null) {
              absent.add(key);
            } else {
              values.put(key, entries.value(present));
            }
          });
      loader
          .loadAll(absent)
          .forEach(
              (key, value) -> {
                Name name = entries.name(key);
                values.put(key, replace ? put(key, name, value) : store(key, name, value));
              });
      return values;
    } finally {
      held.close();
    }
  }

  /** Stores a loaded value; returns the one that another process was faster to put, if any. */
  private V store(K key, Name name, V loaded) {
    V before =
        entries
            .changeNow(key, name, seen -> seen == null ? Change.store(loaded) : Change.none())
            .orThrow()
            .before();
    return before == null ? loaded : before;
  }

  private V put(K key, Name name, V loaded) {
    entries.changeNow(key, name, seen -> Change.store(loaded)).orThrow();
    return loaded;
  }
}
