package io.jstorage.benchmarks;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import io.jstorage.jcache.StorageCachingProvider;
import java.util.OptionalLong;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.cache2k.Cache2kBuilder;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.cache2k.jcache.provider.JCacheProvider;

/** Caches of JSR-107 with a limit, all of strings under strings, by value, without statistics. */
final class JCaches {
  private JCaches() {}

  static Cache<String, String> overLru(int capacity) {
    Properties properties = new Properties();
    properties.setProperty("io.jstorage.jcache.template", "lru:?limit=" + capacity);
    CachingProvider provider = new StorageCachingProvider();
    return provider
        .getCacheManager(null, null, properties)
        .createCache(
            "benchmark",
            new MutableConfiguration<String, String>().setTypes(String.class, String.class));
  }

  static Cache<String, String> ofCaffeine(int capacity) {
    CaffeineConfiguration<String, String> configuration = new CaffeineConfiguration<>();
    configuration.setTypes(String.class, String.class);
    configuration.setMaximumSize(OptionalLong.of(capacity));
    return new CaffeineCachingProvider().getCacheManager().createCache("benchmark", configuration);
  }

  static Cache<String, String> ofCache2k(int capacity) {
    return new JCacheProvider()
        .getCacheManager()
        .createCache(
            "benchmark",
            ExtendedMutableConfiguration.of(
                Cache2kBuilder.of(String.class, String.class)
                    .entryCapacity(capacity)
                    .eternal(true)));
  }
}
