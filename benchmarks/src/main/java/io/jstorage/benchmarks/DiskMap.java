package io.jstorage.benchmarks;

import io.jstorage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operations that the benchmarks ask of a store on a disk.
 *
 * @param keys lists all keys, and returns the sum of their lengths
 */
record DiskMap(
    Get get,
    Put put,
    Test contains,
    Action<String> remove,
    Count size,
    Count keys,
    Action<Map<String, byte[]>> putAll,
    GetAll getAll,
    Action<List<String>> removeAll,
    Closeable closing)
    implements AutoCloseable {
  interface Get {
    byte @Nullable [] apply(String key) throws Exception;
  }

  interface GetAll {
    Map<String, byte[]> apply(List<String> keys) throws Exception;
  }

  interface Put {
    void apply(String key, byte[] value) throws Exception;
  }

  interface Test {
    boolean apply(String key) throws Exception;
  }

  interface Action<T> {
    void apply(T argument) throws Exception;
  }

  interface Count {
    long apply() throws Exception;
  }

  static DiskMap of(Storage<byte[]> storage) {
    return new DiskMap(
        key -> storage.get(key).orElse(null),
        storage::put,
        storage::contains,
        storage::remove,
        storage::size,
        () -> {
          try (Stream<String> keys = storage.keys()) {
            return keys.mapToLong(String::length).sum();
          }
        },
        storage::putAll,
        storage::getAll,
        storage::removeAll,
        storage::close);
  }

  /** A peer that is asked for single values only; it lacks the other operations. */
  @SuppressWarnings("NullAway")
  static DiskMap of(Get get, Put put, Closeable closing) {
    return new DiskMap(get, put, null, null, null, null, null, null, null, closing);
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}
