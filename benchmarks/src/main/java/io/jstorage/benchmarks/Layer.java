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
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.function.IntFunction;

/** An LRU in memory, alone and with one thing more: nothing cheaper could be behind it. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
public enum Layer {
  NONE(LruStorage::ofLimit),
  STATISTICS(limit -> LruStorage.builder(limit).statistics().build()),
  LISTENER(limit -> LruStorage.builder(limit).listener((key, value, why) -> {}).build()),
  WEIGHER(limit -> LruStorage.ofWeight(limit, (Weigher<String>) (key, value) -> 1)),
  EXPIRATION(limit -> LruStorage.builder(limit).expiration(Duration.ofHours(1)).build()),
  OBSERVED(limit -> ObservedStorage.of(NONE.over(limit))),
  /** A timer of each operation. */
  MICROMETER(
      limit -> {
        ObservationRegistry registry = ObservationRegistry.create();
        registry
            .observationConfig()
            .observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
        return ObservedStorage.of(NONE.over(limit), StorageObservations.of(registry, "lru"));
      }),
  NEAR(limit -> NearStorage.over(NONE.over(limit), limit)),
  /** Remembers each value that is read. */
  FALLBACK(
      limit ->
          FallbackStorage.builder(NONE.over(limit))
              .stale(Duration.ofHours(1))
              .limit(limit)
              .build()),
  /** Looks when each entry is due. */
  REFRESH(
      limit -> RefreshStorage.builder(EXPIRATION.over(limit)).ahead(Duration.ofSeconds(1)).build()),
  PREFIX(limit -> PrefixStorage.over(NONE.over(limit), "prefix:")),
  READ_ONLY(
      limit -> {
        Storage<String> lru = NONE.over(limit);
        Entries.fill(lru);
        return ReadOnlyStorage.over(lru);
      }),
  RESILIENT(limit -> ResilientStorage.builder(NONE.over(limit)).build());

  private final IntFunction<Storage<String>> opener;

  Layer(IntFunction<Storage<String>> opener) {
    this.opener = opener;
  }

  /** Makes a storage that keeps so many entries. */
  Storage<String> over(int limit) {
    return opener.apply(limit);
  }
}
