package io.jstorage.benchmarks.memory;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations that the benchmarks ask of a cache.
 *
 * @param reading finds a value, or null
 * @param writing stores a value
 */
record Cache(Function<String, @Nullable Object> reading, BiConsumer<String, Object> writing) {
  @Nullable Object get(String key) {
    return reading.apply(key);
  }

  void put(String key, Object value) {
    writing.accept(key, value);
  }
}
