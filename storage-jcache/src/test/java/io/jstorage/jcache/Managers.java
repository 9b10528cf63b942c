package io.jstorage.jcache;

import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** Cache managers that are configured in place, each of a provider of its own. */
final class Managers {
  private Managers() {}

  /** The template is a URL, or an object such as {@link io.jstorage.StorageOptions}. */
  static CacheManager of(Object template) {
    return with("template", template);
  }

  /** Our properties without their prefix, and their values. */
  static CacheManager with(Object... properties) {
    Properties all = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      all.put(ManagerConfiguration.PREFIX + properties[i], properties[i + 1]);
    }
    return new StorageCachingProvider().getCacheManager(null, null, all);
  }

  static CacheManager inMemory() {
    return with();
  }

  static MutableConfiguration<String, String> ofStrings() {
    return of(String.class, String.class);
  }

  static <K, V> MutableConfiguration<K, V> of(Class<K> keys, Class<V> values) {
    return new MutableConfiguration<K, V>().setTypes(keys, values);
  }

  static Cache<String, String> strings(CacheManager manager) {
    return manager.createCache("strings", ofStrings());
  }
}
