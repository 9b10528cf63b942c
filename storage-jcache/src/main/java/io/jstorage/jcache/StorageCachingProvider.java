package io.jstorage.jcache;

import java.net.URI;
import java.util.Properties;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * The provider of JCache over storages. {@code Caching.getCachingProvider()} finds it.
 *
 * <p>The URI of a manager names a properties file: {@code file:} and {@code jar:} URLs, {@code
 * classpath:} and, without a scheme, resources of the class loader. URIs that begin with {@code
 * jstorage:} name a manager and no file. The file's properties, each of which may also be among the
 * properties of the manager, with {@code io.jstorage.jcache.} in front, are:
 *
 * <ul>
 *   <li>{@code cache.NAME}: where the entries of the cache NAME are kept, as the URL of a storage
 *       or the name of a service. Among a manager's properties it may be {@link
 *       io.jstorage.StorageOptions} too, whose option {@code service} is the name of the service.
 *   <li>{@code template}: the same for all other caches; {@code {cache}} in it stands for the name
 *       of the cache, and must be there unless the place is memory. By default {@code
 *       lru:?limit=10000}.
 *   <li>{@code allow}: the classes, besides a cache's key type, that keys may have in them where
 *       they are kept by Java serialization outside this process.
 * </ul>
 *
 * <p>Thread-safe. A manager and its caches live until they are closed; {@link #close(ClassLoader)}
 * those of an application that ends before the JVM does.
 */
public final class StorageCachingProvider implements CachingProvider {
  /** The system property that names the default URI: {@value}. */
  public static final String DEFAULT_URI_PROPERTY = "io.jstorage.jcache.uri";

  static final String SCHEME = "jstorage";

  private final OpenManagers managers = new OpenManagers();

  /** For {@link java.util.ServiceLoader}. */
  public StorageCachingProvider() {}

  @Override
  public CacheManager getCacheManager(
      @Nullable URI uri, @Nullable ClassLoader loader, @Nullable Properties properties) {
    URI named = uri == null ? getDefaultURI() : uri;
    ClassLoader seeing = loader == null ? getDefaultClassLoader() : loader;
    return managers.get(
        seeing, named, () -> new StorageCacheManager(this, named, seeing, properties));
  }

  @Override
  public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader loader) {
    return getCacheManager(uri, loader, null);
  }

  @Override
  public CacheManager getCacheManager() {
    return getCacheManager(null, null, null);
  }

  /**
   * Returns the context class loader of the thread where that sees this provider, or else this
   * provider's own: some threads, such as those of the common pool, have one that sees less.
   */
  @Override
  public ClassLoader getDefaultClassLoader() {
    ClassLoader own = StorageCachingProvider.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context == null || context == own) {
      return own;
    }
    try {
      boolean sees =
          context.loadClass(StorageCachingProvider.class.getName()) == StorageCachingProvider.class;
      return sees ? context : own;
    } catch (ClassNotFoundException e) {
      return own;
    }
  }

  /**
   * Returns what the system property {@value #DEFAULT_URI_PROPERTY} says, or else {@code
   * jstorage:default}.
   */
  @Override
  public URI getDefaultURI() {
    String uri = System.getProperty(DEFAULT_URI_PROPERTY, SCHEME + ":default");
    try {
      return URI.create(uri);
    } catch (IllegalArgumentException e) {
      throw new CacheException(
          "the system property %s is no URI: %s".formatted(DEFAULT_URI_PROPERTY, e.getMessage()),
          e);
    }
  }

  @Override
  public Properties getDefaultProperties() {
    return new Properties();
  }

  @Override
  public void close() {
    managers.all().forEach(CacheManager::close);
  }

  @Override
  public void close(ClassLoader loader) {
    managers.of(loader).forEach(CacheManager::close);
  }

  @Override
  public void close(URI uri, ClassLoader loader) {
    StorageCacheManager manager = managers.find(loader, uri);
    if (manager != null) {
      manager.close();
    }
  }

  /** Forgets a manager that is closed. */
  void released(StorageCacheManager manager) {
    managers.remove(manager);
  }

  /**
   * Returns whether caches of the default manager may store by reference: where its template keeps
   * entries in memory.
   */
  @Override
  public boolean isSupported(OptionalFeature feature) {
    if (feature != OptionalFeature.STORE_BY_REFERENCE) {
      return false;
    }
    URI uri = getDefaultURI();
    ClassLoader loader = getDefaultClassLoader();
    StorageCacheManager manager = managers.find(loader, uri);
    ManagerConfiguration configuration =
        manager != null
            ? manager.configuration()
            : ManagerConfiguration.of(uri, loader, getDefaultProperties(), Backends.seenBy(loader));
    return configuration.keepReferences();
  }
}
