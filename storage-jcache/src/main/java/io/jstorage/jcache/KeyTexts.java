package io.jstorage.jcache;

import io.jstorage.StorageException;
import io.jstorage.cache.CacheKey;
import io.jstorage.cache.CacheKeys;
import javax.cache.CacheException;

/** The keys of one cache as text, and back, with failures as JCache has them. */
final class KeyTexts<K> {
  private final Class<K> type;
  private final CacheKeys keys;

  KeyTexts(Class<K> type, CacheKeys keys) {
    this.type = type;
    this.keys = keys;
  }

  /** Names a key that is about to be put. */
  CacheKey name(K key) {
    try {
      return keys.name(key);
    } catch (StorageException e) {
      throw new CacheException(e.getMessage(), e);
    }
  }

  /** Names a key that is looked for. */
  CacheKey find(K key) {
    try {
      return keys.find(key);
    } catch (StorageException e) {
      throw new CacheException(e.getMessage(), e);
    }
  }

  /** Returns the key of an entry. */
  K key(Stored<?> stored) {
    Object key;
    try {
      key = keys.key(stored.key(), stored.value() instanceof ValueWithKey pair ? pair.key() : null);
    } catch (StorageException e) {
      throw new CacheException(e.getMessage(), e);
    }
    if (!type.isInstance(key)) {
      throw new CacheException(
          "the storage has a key of %s, and the cache's keys are of %s: another cache writes to the same place"
              .formatted(key.getClass().getName(), type.getName()));
    }
    return type.cast(key);
  }
}
