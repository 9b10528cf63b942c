package io.jstorage.spring.boot;

import io.jstorage.provider.StorageProvider;
import io.jstorage.spring.StorageCacheManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Makes the caches that {@code jstorage.caches.*} describes, unless the application has a {@link
 * CacheManager} of its own.
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
