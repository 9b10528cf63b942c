package io.jstorage.spring.boot;

import io.jstorage.micrometer.StorageMetrics;
import io.jstorage.micrometer.StorageObservations;
import io.jstorage.spring.StorageCacheManager;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Meters and observations of the caches, where Micrometer is there. */
@AutoConfiguration(after = StorageCacheAutoConfiguration.class)
@ConditionalOnClass({StorageMetrics.class, MeterRegistry.class})
@ConditionalOnBean(StorageCacheManager.class)
public class StorageMetricsAutoConfiguration {
  /** For Spring. */
  public StorageMetricsAutoConfiguration() {}

  /**
   * Lets all caches be counted, and observed if there is a registry of observations.
   *
   * @param registries the registry of observations
   * @return the customizer
   */
  @Bean
  public StorageCacheCustomizer storageCacheObservations(
      ObjectProvider<ObservationRegistry> registries) {
    ObservationRegistry registry = registries.getIfAvailable(() -> ObservationRegistry.NOOP);
    return cache -> {
      cache.statistics();
      if (!registry.isNoop()) {
        cache.observer(StorageObservations.of(registry, cache.name()));
      }
    };
  }

  /**
   * The meters of all caches, with the tags {@code cache} and {@code cache.manager}.
   *
   * @param manager the caches
   * @return what Boot binds to each registry
   */
  @Bean
  public MeterBinder storageCacheMeters(StorageCacheManager manager) {
    return registry ->
        manager.whenOpen(
            (name, storage) ->
                new StorageMetrics(storage, name, Tags.of("cache.manager", "cacheManager"))
                    .bindTo(registry));
  }
}
