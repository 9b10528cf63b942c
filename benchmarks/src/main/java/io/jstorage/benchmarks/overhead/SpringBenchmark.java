package io.jstorage.benchmarks.overhead;

import io.jstorage.spring.StorageCache;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.springframework.cache.Cache;

/** Calls of a cache of Spring over an LRU, on keys that are all there. */
@State(Scope.Benchmark)
public class SpringBenchmark {
  private final Entries entries = new Entries();
  private final Cache cache =
      StorageCache.builder("benchmark", "lru:?limit=" + Entries.NUMBER).build();

  @Setup
  public void fill() {
    for (int i = 0; i < Entries.NUMBER; i++) {
      overwrite();
    }
  }

  @Benchmark
  public Cache.@Nullable ValueWrapper hit() {
    return cache.get(entries.key());
  }

  @Benchmark
  public void overwrite() {
    String key = entries.key();
    cache.put(key, key);
  }
}
