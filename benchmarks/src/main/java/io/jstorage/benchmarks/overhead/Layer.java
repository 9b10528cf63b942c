package io.jstorage.benchmarks.overhead;

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

/** An LRU in memory, alone and with one thing more: nothing cheaper could be behind it. */
public enum Layer {
  NONE {
    @Override
    Storage<String> over(int limit) {
      return LruStorage.ofLimit(limit);
    }
  },
  STATISTICS {
    @Override
    Storage<String> over(int limit) {
      return LruStorage.builder(limit).statistics().build();
    }
  },
  LISTENER {
    @Override
    Storage<String> over(int limit) {
      return LruStorage.builder(limit).listener((key, value, cause) -> {}).build();
    }
  },
  WEIGHER {
    @Override
    Storage<String> over(int limit) {
      Weigher<String> one = (key, value) -> 1;
      return LruStorage.ofWeight(limit, one);
    }
  },
  EXPIRATION {
    @Override
    Storage<String> over(int limit) {
      return LruStorage.builder(limit).expiration(Duration.ofHours(1)).build();
    }
  },
  OBSERVED {
    @Override
    Storage<String> over(int limit) {
      return ObservedStorage.of(NONE.over(limit));
    }
  },
  /** A timer of each operation. */
  MICROMETER {
    @Override
    Storage<String> over(int limit) {
      ObservationRegistry registry = ObservationRegistry.create();
      registry
          .observationConfig()
          .observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
      return ObservedStorage.of(NONE.over(limit), StorageObservations.of(registry, "lru"));
    }
  },
  NEAR {
    @Override
    Storage<String> over(int limit) {
      return NearStorage.over(NONE.over(limit), limit);
    }
  },
  /** Remembers each value that is read. */
  FALLBACK {
    @Override
    Storage<String> over(int limit) {
      return FallbackStorage.builder(NONE.over(limit))
          .stale(Duration.ofHours(1))
          .limit(limit)
          .build();
    }
  },
  /** Looks when each entry is due. */
  REFRESH {
    @Override
    Storage<String> over(int limit) {
      return RefreshStorage.builder(EXPIRATION.over(limit)).ahead(Duration.ofSeconds(1)).build();
    }
  },
  PREFIX {
    @Override
    Storage<String> over(int limit) {
      return PrefixStorage.over(NONE.over(limit), "prefix:");
    }
  },
  READ_ONLY {
    @Override
    Storage<String> over(int limit) {
      Storage<String> lru = NONE.over(limit);
      Entries.fill(lru);
      return ReadOnlyStorage.over(lru);
    }
  },
  RESILIENT {
    @Override
    Storage<String> over(int limit) {
      return ResilientStorage.builder(NONE.over(limit)).build();
    }
  };

  /** Makes a storage that keeps so many entries. */
  abstract Storage<String> over(int limit);
}
