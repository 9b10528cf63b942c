package io.jstorage.jcache;

import java.util.Collection;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * The writer of a cache, if it has one and writes through, with failures as the standard has them.
 */
final class WriteThrough<K, V> {
  private final @Nullable CacheWriter<? super K, ? super V> writer;

  WriteThrough(@Nullable CacheWriter<? super K, ? super V> writer) {
    this.writer = writer;
  }

  boolean isOn() {
    return writer != null;
  }

  void write(K key, V value) {
    if (writer != null) {
      try {
        writer.write(new KeyValue<>(key, value));
      } catch (RuntimeException e) {
        throw failure(e);
      }
    }
  }

  void delete(K key) {
    if (writer != null) {
      try {
        writer.delete(key);
      } catch (RuntimeException e) {
        throw failure(e);
      }
    }
  }

  /**
   * Writes several entries.
   *
   * @param entries a collection from which the writer removes what it has written
   * @return its failure, or null
   */
  @Nullable CacheWriterException writeAll(
      Collection<Cache.Entry<? extends K, ? extends V>> entries) {
    if (writer == null || entries.isEmpty()) {
      entries.clear();
      return null;
    }
    try {
      writeAll(writer, entries);
      entries.clear();
      return null;
    } catch (RuntimeException e) {
      return failure(e);
    }
  }

  /** Names the writer's own types. */
  @SuppressWarnings("unchecked")
  private static <A, B> void writeAll(CacheWriter<A, B> writer, Collection<?> entries) {
    writer.writeAll((Collection<Cache.Entry<? extends A, ? extends B>>) entries);
  }

  /**
   * Deletes several entries.
   *
   * @param keys a collection from which the writer removes what it has deleted
   * @return its failure, or null
   */
  @Nullable CacheWriterException deleteAll(Collection<K> keys) {
    if (writer == null) {
      keys.clear();
      return null;
    }
    try {
      writer.deleteAll(keys);
      keys.clear();
      return null;
    } catch (RuntimeException e) {
      return failure(e);
    }
  }

  private static CacheWriterException failure(RuntimeException e) {
    return e instanceof CacheWriterException known
        ? known
        : new CacheWriterException("the cache writer failed: " + e, e);
  }
}
