package io.jstorage.benchmarks.memory;

import org.jspecify.annotations.Nullable;

/** The operations that the benchmarks ask of a cache. */
interface Cache {
  @Nullable Object get(String key);

  void put(String key, Object value);
}
