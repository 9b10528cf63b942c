package io.jstorage.benchmarks.memory;

import org.jspecify.annotations.Nullable;

/** What a cache is asked for here. */
interface Cache {
  @Nullable Object get(String key);

  void put(String key, Object value);
}
