package io.jstorage.jcache;

import javax.cache.Cache;

/** An entry as it is handed to users: a key and the value that it had. */
record KeyValue<K, V>(K key, V value) implements Cache.Entry<K, V> {
  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    return value;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrapping.of(this, type);
  }
}
