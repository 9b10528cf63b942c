package io.jstorage.jcache;

import java.util.Iterator;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the keys that existed when it was made, reads their values a few at a time, and
 * skips entries that no longer exist. It holds nothing open.
 */
final class EntryIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
  private final StorageCache<K, V> cache;
  private final Iterator<Stored<Object>> source;
  private final Entries<K, V> entries;
  private final Statistics statistics;
  private @Nullable K last;

  EntryIterator(
      StorageCache<K, V> cache,
      Iterator<Stored<Object>> source,
      Entries<K, V> entries,
      Statistics statistics) {
    this.cache = cache;
    this.source = source;
    this.entries = entries;
    this.statistics = statistics;
  }

  @Override
  public boolean hasNext() {
    cache.checkOpen();
    return source.hasNext();
  }

  @Override
  public Cache.Entry<K, V> next() {
    cache.checkOpen();
    long start = statistics.start();
    Stored<Object> stored = source.next();
    K key = entries.key(stored);
    V value = entries.touches() ? entries.read(key) : null;
    statistics.got(true, start);
    last = key;
    return new KeyValue<>(key, value != null ? value : entries.value(stored));
  }

  @Override
  public void remove() {
    if (last == null) {
      throw new IllegalStateException("remove() follows a next(), and once only");
    }
    cache.remove(last);
    last = null;
  }
}
