package io.jstorage.benchmarks;

import io.jstorage.Storage;
import io.jstorage.cache.ObservedStorage;
import io.jstorage.memory.LruStorage;
import io.jstorage.memory.Weigher;
import io.jstorage.micrometer.StorageObservations;
import io.jstorage.near.NearStorage;
import io.jstorage.policy.FallbackStorage;
import io.jstorage.policy.PrefixStorage;
import io.jstorage.policy.ReadOnlyStorage;
import io.jstorage.policy.RefreshStorage;
import io.jstorage.resilience.ResilientStorage;
import io.jstorage.spring.StorageCache;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
    storage = layer.opener.apply(Entries.NUMBER);
    if (layer != Layer.READ_ONLY) {
      Entries.fill(storage);
    }
  }

  @Benchmark
  public Optional<String> hit() {
    return storage.get(entries.key());
  }

  @Benchmark
  public String hitWithLoader() {
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

  /**
   * An in-memory LRU, alone or with one feature or layer. It is the cheapest storage, so the added
   * cost shows most.
   */
  @SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
  public enum Layer {
    NONE(LruStorage::ofLimit),
    STATISTICS(limit -> LruStorage.builder(limit).statistics().build()),
    LISTENER(limit -> LruStorage.builder(limit).listener((key, value, why) -> {}).build()),
    WEIGHER(limit -> LruStorage.ofWeight(limit, (Weigher<String>) (key, value) -> 1)),
    EXPIRATION(limit -> LruStorage.builder(limit).expiration(Duration.ofHours(1)).build()),
    OBSERVED(limit -> ObservedStorage.of(NONE.opener.apply(limit))),
    /** A timer of each operation. */
    MICROMETER(
        limit -> {
          ObservationRegistry registry = ObservationRegistry.create();
          registry
              .observationConfig()
              .observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
          return ObservedStorage.of(
              NONE.opener.apply(limit), StorageObservations.of(registry, "lru"));
        }),
    NEAR(limit -> NearStorage.over(NONE.opener.apply(limit), limit)),
    /** Remembers each value that is read. */
    FALLBACK(
        limit ->
            FallbackStorage.builder(NONE.opener.apply(limit))
                .stale(Duration.ofHours(1))
                .limit(limit)
                .build()),
    /** Checks on each read with a loader whether the entry is due for a refresh. */
    REFRESH(
        limit ->
            RefreshStorage.builder(EXPIRATION.opener.apply(limit))
                .ahead(Duration.ofSeconds(1))
                .build()),
    PREFIX(limit -> PrefixStorage.over(NONE.opener.apply(limit), "prefix:")),
    READ_ONLY(
        limit -> {
          Storage<String> lru = NONE.opener.apply(limit);
          Entries.fill(lru);
          return ReadOnlyStorage.over(lru);
        }),
    RESILIENT(limit -> ResilientStorage.builder(NONE.opener.apply(limit)).build());

    /** Makes a storage of a given capacity. */
    final IntFunction<Storage<String>> opener;

    Layer(IntFunction<Storage<String>> opener) {
      this.opener = opener;
    }
  }

  /** The entries that are read. */
  static final class Entries {
    static final int NUMBER = 10_000;

    private final String[] keys =
        IntStream.range(0, NUMBER).mapToObj(i -> "key:" + i).toArray(String[]::new);
    private int next;

    /** Puts every entry and reads it once, so that layers that keep what was read hold it. */
    static void fill(Storage<String> storage) {
      for (String key : new Entries().keys) {
        storage.put(key, key);
        storage.get(key);
      }
    }

    /** Returns the next of the keys, again and again in an order that defeats prefetching. */
    String key() {
      next = (next + 7919) % NUMBER;
      return keys[next];
    }
  }
}
