package io.jstorage.jcache;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.cache.CacheKey;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The storage of one cache, by lifetimes instead of two forms of each write, and with failures as
 * JCache has them.
 */
final class BackingStorage {
  private final Storage<Stored<Object>> storage;
  private final ConcurrentMap<String, Stored<Object>> map;
  private volatile boolean closed;

  BackingStorage(Storage<Stored<Object>> storage) {
    this.storage = storage;
    this.map = storage.asMap();
  }

  Storage<Stored<Object>> storage() {
    return storage;
  }

  /** An exception of the storage becomes a failure of the cache, unless the cache was closed. */
  private RuntimeException failure(RuntimeException e) {
    if (closed) {
      return new IllegalStateException("the cache was closed during the call", e);
    }
    return e instanceof StorageException ? new CacheException(e.getMessage(), e) : e;
  }

  /** Reads what is under a key of the storage; null also for what cannot be one. */
  @Nullable Stored<Object> get(String place) {
    try {
      return map.get(place);
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  @Nullable Stored<Object> get(CacheKey name) {
    Stored<Object> stored = get(name.place());
    return stored == null ? null : checked(stored, name);
  }

  @Nullable Entry<Stored<Object>> entry(CacheKey name) {
    try {
      Entry<Stored<Object>> entry = storage.entry(name.place()).orElse(null);
      if (entry != null) {
        checked(entry.value(), name);
      }
      return entry;
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** Distinguishes two keys of one hash, and detects a storage that another program writes to. */
  static Stored<Object> checked(Stored<Object> stored, CacheKey name) {
    if (name.isHashed() && !stored.key().equals(name.text())) {
      throw new CacheException(
          "under '%s' the storage has the entry of another key, '%s': another program writes to this storage"
              .formatted(name.place(), stored.key()));
    }
    return stored;
  }

  boolean contains(CacheKey name) {
    try {
      return storage.contains(name.place());
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  void put(CacheKey name, Stored<Object> stored, @Nullable Duration ttl) {
    try {
      if (ttl == null) {
        storage.put(name.place(), stored);
      } else {
        storage.put(name.place(), stored, ttl);
      }
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** Puts in place of what was seen, which may be nothing. */
  boolean put(
      CacheKey name,
      @Nullable Entry<Stored<Object>> seen,
      Stored<Object> stored,
      @Nullable Duration ttl) {
    String place = name.place();
    try {
      if (seen == null) {
        return ttl == null
            ? storage.putIfAbsent(place, stored)
            : storage.putIfAbsent(place, stored, ttl);
      }
      return ttl == null
          ? storage.replace(place, seen.version().orElseThrow(), stored)
          : storage.replace(place, seen.version().orElseThrow(), stored, ttl);
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  boolean remove(CacheKey name) {
    try {
      return storage.remove(name.place());
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  boolean remove(CacheKey name, Entry<Stored<Object>> seen) {
    try {
      return storage.remove(name.place(), seen.version().orElseThrow());
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  Map<String, Stored<Object>> getAll(Collection<String> places) {
    try {
      return storage.getAll(places);
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  void putAll(Map<String, Stored<Object>> entries, @Nullable Duration ttl) {
    try {
      if (ttl == null) {
        storage.putAll(entries);
      } else {
        storage.putAll(entries, ttl);
      }
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  void removeAll(Collection<String> places) {
    try {
      storage.removeAll(places);
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** Walks over the entries without counting as a use of them. */
  Iterator<Stored<Object>> peekAll() {
    try {
      return map.values().iterator();
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** All keys of the storage, of which some may be gone when they are asked for. */
  List<String> places() {
    try (Stream<String> keys = storage.keys()) {
      return keys.toList();
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  void clear() {
    try {
      storage.clear();
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  void close() {
    closed = true;
    try {
      storage.close();
    } catch (StorageException e) {
      throw new CacheException(e.getMessage(), e);
    }
  }
}
