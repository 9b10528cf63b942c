package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.StorageOptions;
import io.jstorage.jcache.app.Point;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications with class loaders of their own, whose classes the others do not see. */
class ClassLoadersTest {
  @TempDir Path directory;

  /** Has a {@link Point} of its own. */
  private static final class Application extends URLClassLoader {
    Application() {
      super(
          new URL[] {ClassLoadersTest.class.getProtectionDomain().getCodeSource().getLocation()},
          ClassLoadersTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Point.class.getName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    Class<?> pointClass() throws ClassNotFoundException {
      return loadClass(Point.class.getName());
    }

    Object point(int x, int y) throws ReflectiveOperationException {
      return pointClass().getConstructor(int.class, int.class).newInstance(x, y);
    }
  }

  private static CacheManager manager(ClassLoader loader, @Nullable Object template) {
    Properties properties = new Properties();
    if (template != null) {
      properties.put(ManagerConfiguration.PREFIX + "template", template);
    }
    return new StorageCachingProvider().getCacheManager(null, loader, properties);
  }

  private StorageOptions files() {
    return StorageOptions.of("service", "storage.json", "path", directory + "/{cache}")
        .with("codec", "serialized")
        .with("serialized.allow", Point.class.getName());
  }

  private static Cache<Object, Object> points(CacheManager manager) {
    return manager.createCache("points", Managers.of(Object.class, Object.class));
  }

  @Test
  void keysAndValuesAreOfTheClassesThatTheManagersLoaderSees() throws Exception {
    for (Object template : new Object[] {"lru:", files()}) {
      try (Application application = new Application();
          CacheManager manager = manager(application, template)) {
        Cache<Object, Object> cache = points(manager);
        cache.put(application.point(1, 2), application.point(3, 4));
        assertThat(cache.get(application.point(1, 2)))
            .isEqualTo(application.point(3, 4))
            .isNotInstanceOf(Point.class);
        assertThat(cache.iterator().next().getKey()).isEqualTo(application.point(1, 2));
      }
    }
  }

  @Test
  void applicationsThatShareAStorageHaveEachItsOwnClasses() throws Exception {
    try (Application one = new Application();
        Application other = new Application();
        CacheManager first = manager(one, files());
        CacheManager second = manager(other, files())) {
      points(first).put(one.point(1, 2), one.point(3, 4));
      assertThat(points(second).get(other.point(1, 2))).isEqualTo(other.point(3, 4));
    }
  }

  @Test
  void aLoaderThatSeesNoStorageUsesThoseOfThisLibrary() throws IOException {
    try (URLClassLoader isolated =
            new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader());
        CacheManager manager = manager(isolated, null)) {
      Cache<String, String> cache = Managers.strings(manager);
      cache.put("k", "v");
      assertThat(cache.get("k")).isEqualTo("v");
    }
  }

  @Test
  void theProviderIsFoundAndHasAManagerForEachLoader() throws Exception {
    CachingProvider provider = Caching.getCachingProvider();
    assertThat(provider).isInstanceOf(StorageCachingProvider.class);
    try (Application one = new Application();
        Application other = new Application()) {
      CacheManager first = provider.getCacheManager(null, one);
      CacheManager second = provider.getCacheManager(null, other);
      assertThat(first).isNotSameAs(second).isSameAs(provider.getCacheManager(null, one));
      provider.close(one);
      assertThat(List.of(first.isClosed(), second.isClosed())).containsExactly(true, false);
      provider.close(other);
    }
  }

  @Test
  void aThreadWhoseLoaderSeesLessGetsTheProvidersOwn() {
    StorageCachingProvider provider = new StorageCachingProvider();
    ClassLoader own = StorageCachingProvider.class.getClassLoader();
    for (ClassLoader context :
        new @Nullable ClassLoader[] {null, ClassLoader.getPlatformClassLoader(), own}) {
      assertThat(Backends.with(context, provider::getDefaultClassLoader)).isSameAs(own);
    }
    ClassLoader application = new Application();
    assertThat(Backends.with(application, provider::getDefaultClassLoader)).isSameAs(application);
  }
}
