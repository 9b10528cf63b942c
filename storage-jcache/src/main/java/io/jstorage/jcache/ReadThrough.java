package io.jstorage.jcache;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/** The loader of a cache, with failures as the standard has them. */
final class ReadThrough<K, V> {
  private final CacheLoader<K, V> loader;

  ReadThrough(CacheLoader<K, V> loader) {
    this.loader = loader;
  }

  @Nullable V load(K key) {
    try {
      return loader.load(key);
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** Loads several values; those that the loader does not have are absent. */
  Map<K, V> loadAll(Collection<K> keys) {
    Map<K, V> loaded = new HashMap<>();
    try {
      Map<K, V> given = loader.loadAll(keys);
      for (K key : keys) {
        V value = given == null ? null : given.get(key);
        if (value != null) {
          loaded.put(key, value);
        }
      }
      return loaded;
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  private static CacheLoaderException failure(RuntimeException e) {
    return e instanceof CacheLoaderException known
        ? known
        : new CacheLoaderException("the cache loader failed: " + e, e);
  }
}
