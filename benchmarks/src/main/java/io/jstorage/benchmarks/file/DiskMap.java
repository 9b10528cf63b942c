package io.jstorage.benchmarks.file;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations that the benchmarks ask of a store on a disk; peers lack some. */
interface DiskMap extends AutoCloseable {
  void put(String key, byte[] value) throws Exception;

  byte @Nullable [] get(String key) throws Exception;

  default boolean contains(String key) throws Exception {
    throw new UnsupportedOperationException();
  }

  default void remove(String key) throws Exception {
    throw new UnsupportedOperationException();
  }

  default long size() throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Lists all keys, and returns the sum of their lengths. */
  default long keys() throws Exception {
    throw new UnsupportedOperationException();
  }

  /** Puts as a batch; if the store has none, one by one. */
  default void putAll(Map<String, byte[]> entries) throws Exception {
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      put(entry.getKey(), entry.getValue());
    }
  }

  default Map<String, byte[]> getAll(List<String> keys) throws Exception {
    Map<String, byte[]> values = new HashMap<>();
    for (String key : keys) {
      byte[] value = get(key);
      if (value != null) {
        values.put(key, value);
      }
    }
    return values;
  }

  default void removeAll(List<String> keys) throws Exception {
    for (String key : keys) {
      remove(key);
    }
  }

  @Override
  void close() throws IOException;
}
