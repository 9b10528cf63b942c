package io.jstorage.spring.boot;

import io.jstorage.spring.StorageCacheManager;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The health of the storages of the caches, told by {@code /actuator/health} as {@code jstorage},
 * unless {@code management.health.jstorage.enabled} is false.
 */
@AutoConfiguration(after = StorageCacheAutoConfiguration.class)
@ConditionalOnBean(StorageCacheManager.class)
@ConditionalOnProperty(name = "management.health.jstorage.enabled", matchIfMissing = true)
public class StorageHealthAutoConfiguration {
  /** For Spring. */
  public StorageHealthAutoConfiguration() {}

  /** Health, where Spring Boot 4 has it. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.health.contributor.HealthIndicator.class)
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
}
