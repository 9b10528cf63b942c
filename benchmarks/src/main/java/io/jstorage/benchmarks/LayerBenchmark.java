package io.jstorage.benchmarks;

import io.jstorage.Storage;
import io.jstorage.spring.StorageCache;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.cache.Cache;

/** Calls of a storage with a layer, on keys that are all there. */
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class LayerBenchmark extends Measured {
  @Param("NONE")
  public Layer layer;

  private final Entries entries = new Entries();
  private Storage<String> storage;

  @Setup
  public void fill() {
    storage = layer.over(Entries.NUMBER);
    if (layer != Layer.READ_ONLY) {
      Entries.fill(storage);
    }
  }

  @Benchmark
  public Optional<String> hit() {
    return storage.get(entries.key());
  }

  @Benchmark
  public String hitOfLoader() {
    return storage.get(entries.key(), missing -> missing);
  }

  @Benchmark
  public void overwrite() {
    String key = entries.key();
    storage.put(key, key);
  }

  /** A cache of Spring over an LRU, with entries that are all there. */
  @State(Scope.Benchmark)
  public static class Spring {
    private final Entries entries = new Entries();
    private final Cache cache =
        StorageCache.builder("benchmark", "lru:?limit=" + Entries.NUMBER).build();

    @Setup
    public void fill() {
      for (int i = 0; i < Entries.NUMBER; i++) {
        overwrite();
      }
    }

    void overwrite() {
      String key = entries.key();
      cache.put(key, key);
    }
  }

  @Benchmark
  public Cache.@Nullable ValueWrapper springHit(Spring spring) {
    return spring.cache.get(spring.entries.key());
  }

  @Benchmark
  public void springOverwrite(Spring spring) {
    spring.overwrite();
  }
}
