package io.jstorage.spring.boot;

import io.jstorage.micrometer.StorageMetrics;
import io.jstorage.micrometer.StorageObservations;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spring.StorageCacheManager;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Makes the caches that {@code jstorage.caches.*} describes, unless the application has a {@link
 * CacheManager} of its own. Meters are bound and observations made where Micrometer is there, and
 * {@code /actuator/health} tells of the storages.
 */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration",
      "org.springframework.boot.autoconfigure.cache.CacheAutoConfiguration"
    })
@Conditional(StorageCacheAutoConfiguration.OnCaches.class)
public class StorageCacheAutoConfiguration {
  /** For Spring. */
  public StorageCacheAutoConfiguration() {}

  /**
   * The storages that the application's class loader sees.
   *
   * @return the provider
   */
  @Bean
  @ConditionalOnMissingBean
  public StorageProvider storageProvider() {
    return StorageProvider.load();
  }

  /**
   * The caches, whose storages are closed with the context, after the web server has answered the
   * requests that it had taken.
   *
   * @param provider knows the storages
   * @param environment has the properties
   * @param customizers change what caches are made of
   * @return the manager
   */
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean(CacheManager.class)
  public StorageCacheManager cacheManager(
      StorageProvider provider,
      Environment environment,
      ObjectProvider<StorageCacheCustomizer> customizers) {
    return new Caches(
            provider,
            cache -> customizers.orderedStream().forEach(each -> each.customize(cache)),
            Thread.currentThread().getContextClassLoader())
        .manager(CacheSettings.of(Binder.get(environment)));
  }

  /** Numbers, where Micrometer is there. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({StorageMetrics.class, MeterRegistry.class})
  public static class Metrics {
    /** For Spring. */
    public Metrics() {}

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
    @ConditionalOnBean(StorageCacheManager.class)
    public MeterBinder storageCacheMeters(StorageCacheManager manager) {
      return registry ->
          manager.whenOpen(
              (name, storage) ->
                  new StorageMetrics(storage, name, Tags.of("cache.manager", "cacheManager"))
                      .bindTo(registry));
    }
  }

  /** Health, where Spring Boot 4 has it. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.health.contributor.HealthIndicator.class)
  @ConditionalOnProperty(name = "management.health.jstorage.enabled", matchIfMissing = true)
  public static class Health {
    /** For Spring. */
    public Health() {}

    /**
     * The health of the storages of all caches.
     *
     * @param manager the caches
     * @return the indicator, shown as {@code jstorage}
     */
    @Bean
    @ConditionalOnBean(StorageCacheManager.class)
    @ConditionalOnMissingBean(name = "jstorageHealthIndicator")
    public org.springframework.boot.health.contributor.HealthIndicator jstorageHealthIndicator(
        StorageCacheManager manager) {
      return () -> {
        CacheHealth health = CacheHealth.of(manager);
        var built = new org.springframework.boot.health.contributor.Health.Builder();
        return (health.isUp() ? built.up() : built.down()).withDetails(health.caches()).build();
      };
    }
  }

  /** Health, where Spring Boot 3 has it. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.actuate.health.HealthIndicator.class)
  @ConditionalOnProperty(name = "management.health.jstorage.enabled", matchIfMissing = true)
  public static class HealthOfBoot3 {
    /** For Spring. */
    public HealthOfBoot3() {}

    /**
     * The health of the storages of all caches.
     *
     * @param manager the caches
     * @return the indicator, shown as {@code jstorage}
     */
    @Bean("jstorageHealthIndicator")
    @ConditionalOnBean(StorageCacheManager.class)
    @ConditionalOnMissingBean(name = "jstorageHealthIndicator")
    public org.springframework.boot.actuate.health.HealthIndicator healthOfBoot3(
        StorageCacheManager manager) {
      return () -> {
        CacheHealth health = CacheHealth.of(manager);
        var built = new org.springframework.boot.actuate.health.Health.Builder();
        return (health.isUp() ? built.up() : built.down()).withDetails(health.caches()).build();
      };
    }
  }

  /** Whether any cache is described. */
  static final class OnCaches extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      boolean any =
          Binder.get(context.getEnvironment())
              .bind(StorageCacheProperties.PREFIX, Bindable.mapOf(String.class, Object.class))
              .isBound();
      ConditionMessage message =
          ConditionMessage.forCondition("caches of jstorage")
              .because(StorageCacheProperties.PREFIX + (any ? " is set" : " is not set"));
      return new ConditionOutcome(any, message);
    }
  }
}
