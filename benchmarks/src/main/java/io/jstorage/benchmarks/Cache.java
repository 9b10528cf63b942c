package io.jstorage.benchmarks;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations that the benchmarks ask of a cache.
 *
 * @param reading finds a value; null or an empty one if there is none
 * @param writing stores a value
 * @param closing closes the cache
 */
record Cache<V>(
    Function<String, @Nullable Object> reading, BiConsumer<String, V> writing, Runnable closing) {
  /** A cache that needs no closing. */
  Cache(Function<String, @Nullable Object> reading, BiConsumer<String, V> writing) {
    this(reading, writing, () -> {});
  }

  @Nullable Object get(String key) {
    return reading.apply(key);
  }

  void put(String key, V value) {
    writing.accept(key, value);
  }
}
