package io.jstorage.jcache;

import io.jstorage.provider.StorageProvider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/** The caches of one URI and class loader. */
final class StorageCacheManager implements CacheManager {
  private static final Logger LOGGER = System.getLogger(StorageCacheManager.class.getName());

  private final StorageCachingProvider provider;
  private final URI uri;
  private final ClassLoader loader;
  private final Properties properties;
  private final StorageProvider backends;
  private final ManagerConfiguration configuration;
  private final Workers workers;
  private final Map<String, StorageCache<?, ?>> caches = new ConcurrentHashMap<>();

  /** Held while a cache is made, and while this is closed. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile boolean closed;

  StorageCacheManager(
      StorageCachingProvider provider,
      URI uri,
      ClassLoader loader,
      @Nullable Properties properties) {
    this.provider = provider;
    this.uri = uri;
    this.loader = loader;
    this.properties = new Properties();
    if (properties != null) {
      this.properties.putAll(properties);
    }
    this.backends = Backends.seenBy(loader);
    this.configuration =
        ManagerConfiguration.of(
            uri, loader, properties == null ? new Properties() : properties, backends);
    this.workers = new Workers(loader);
  }

  ManagerConfiguration configuration() {
    return configuration;
  }

  Workers workers() {
    return workers;
  }

  StorageProvider backends() {
    return backends;
  }

  @Override
  public CachingProvider getCachingProvider() {
    return provider;
  }

  @Override
  public URI getURI() {
    return uri;
  }

  @Override
  public ClassLoader getClassLoader() {
    return loader;
  }

  @Override
  public Properties getProperties() {
    return properties;
  }

  /** Takes its turn: two caches of one name never open one place at once. */
  @Override
  public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
      String name, C configuration) {
    checkOpen();
    Objects.requireNonNull(name, "cacheName");
    Objects.requireNonNull(configuration, "configuration");
    lock.lock();
    try {
      checkOpen();
      if (caches.containsKey(name)) {
        throw new CacheException(
            "the cache '%s' exists already: getCache returns it, destroyCache removes it"
                .formatted(name));
      }
      StorageCache<K, V> cache =
          Backends.with(loader, () -> CacheFactory.create(this, name, configuration));
      caches.put(name, cache);
      return cache;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <K, V> @Nullable Cache<K, V> getCache(String name, Class<K> keyType, Class<V> valueType) {
    checkOpen();
    Objects.requireNonNull(keyType, "keyType");
    Objects.requireNonNull(valueType, "valueType");
    StorageCache<?, ?> cache = caches.get(Objects.requireNonNull(name, "cacheName"));
    if (cache == null) {
      return null;
    }
    Configuration<?, ?> configuration = cache.settings();
    check(name, "keys", configuration.getKeyType(), keyType);
    check(name, "values", configuration.getValueType(), valueType);
    return typed(cache);
  }

  private static void check(String cache, String what, Class<?> configured, Class<?> asked) {
    if (configured != asked) {
      throw new ClassCastException(
          "the %s of the cache '%s' are of %s, not of %s"
              .formatted(what, cache, configured.getName(), asked.getName()));
    }
  }

  @Override
  public <K, V> @Nullable Cache<K, V> getCache(String name) {
    checkOpen();
    StorageCache<?, ?> cache = caches.get(Objects.requireNonNull(name, "cacheName"));
    return cache == null ? null : typed(cache);
  }

  @SuppressWarnings(
      "unchecked") // The types asked for were compared with the configuration, or not given.
  private static <K, V> Cache<K, V> typed(StorageCache<?, ?> cache) {
    return (Cache<K, V>) cache;
  }

  @Override
  public Iterable<String> getCacheNames() {
    checkOpen();
    return Collections.unmodifiableList(new ArrayList<>(caches.keySet()));
  }

  @Override
  public void destroyCache(String name) {
    checkOpen();
    StorageCache<?, ?> cache = caches.get(Objects.requireNonNull(name, "cacheName"));
    if (cache != null) {
      cache.destroy();
    }
  }

  /** Forgets a cache that is closed. */
  void released(StorageCache<?, ?> cache) {
    caches.remove(cache.getName(), cache);
  }

  @Override
  public void enableManagement(String name, boolean enabled) {
    StorageCache<?, ?> cache = existing(name);
    if (cache != null) {
      cache.enableManagement(enabled);
    }
  }

  @Override
  public void enableStatistics(String name, boolean enabled) {
    StorageCache<?, ?> cache = existing(name);
    if (cache != null) {
      cache.enableStatistics(enabled);
    }
  }

  private @Nullable StorageCache<?, ?> existing(String name) {
    checkOpen();
    return caches.get(Objects.requireNonNull(name, "cacheName"));
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the cache manager '%s' is closed".formatted(uri));
    }
  }

  @Override
  public void close() {
    List<StorageCache<?, ?>> open;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      open = List.copyOf(caches.values());
    } finally {
      lock.unlock();
    }
    provider.released(this);
    for (StorageCache<?, ?> cache : open) {
      try {
        cache.close();
      } catch (RuntimeException e) {
        LOGGER.log(Level.WARNING, "the cache '%s' closed badly".formatted(cache.getName()), e);
      }
    }
    workers.close();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return type.isInstance(backends) ? type.cast(backends) : Unwrapping.of(this, type);
  }
}
