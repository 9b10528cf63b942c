package io.jstorage.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jstorage.StorageOptions;
import io.jstorage.jvm.Latches;
import io.jstorage.jvm.Together;
import java.io.Closeable;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ClosingTest {
  private static final URI NAME = URI.create("jstorage:closing");

  private final StorageCachingProvider provider = new StorageCachingProvider();
  private final ClassLoader loader = getClass().getClassLoader();

  @TempDir Path directory;

  /** Closes in every order there is, some of it twice. */
  private void close(SplittableRandom random, CacheManager manager, Cache<?, ?> cache) {
    List<Runnable> ways =
        List.of(
            cache::close,
            manager::close,
            provider::close,
            () -> provider.close(loader),
            () -> provider.close(NAME, loader),
            () -> {
              if (!manager.isClosed()) {
                try {
                  manager.destroyCache(cache.getName());
                } catch (IllegalStateException e) {
                  // Another thread has closed the manager meanwhile.
                }
              }
            });
    do {
      ways.get(random.nextInt(ways.size())).run();
    } while (!manager.isClosed() || random.nextBoolean());
  }

  @Test
  @Timeout(900)
  void ofTwoHundredClosesInUseNoneHangsOrFailsAnybodyInAStrangeWay() throws Exception {
    for (int round = 0; round < 200; round++) {
      SplittableRandom random = new SplittableRandom(round);
      Properties properties = new Properties();
      if (round % 2 == 0) {
        properties.put(
            "io.jstorage.jcache.template",
            StorageOptions.of("service", "storage.json", "path", directory + "/{cache}")
                .with("durability", "none")
                .with("expiration", "1d"));
      }
      CacheManager manager = provider.getCacheManager(NAME, loader, properties);
      Cache<String, String> cache = manager.createCache("strings", configuration(random));
      CountDownLatch used = new CountDownLatch(2);
      Together.run(
          4,
          number -> {
            if (number < 2) {
              use(cache, new SplittableRandom(number), used);
            } else {
              Latches.await(used);
              close(random.split(), manager, cache);
            }
          });
      assertThat(cache.isClosed()).isTrue();
      assertThat(manager.isClosed()).isTrue();
      assertThatIllegalStateException().isThrownBy(() -> cache.get("k"));
      assertThatIllegalStateException().isThrownBy(manager::getCacheNames);
    }
  }

  private static MutableConfiguration<String, String> configuration(SplittableRandom random) {
    MutableConfiguration<String, String> configuration =
        Managers.ofStrings().setStatisticsEnabled(random.nextBoolean());
    if (random.nextBoolean()) {
      configuration.setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR));
    }
    if (random.nextBoolean()) {
      configuration.setReadThrough(true).setCacheLoaderFactory(Loader::new);
    }
    if (random.nextBoolean()) {
      configuration.addCacheEntryListenerConfiguration(
          new MutableCacheEntryListenerConfiguration<>(
              FactoryBuilder.factoryOf(Listener.class), null, false, random.nextBoolean()));
    }
    return configuration;
  }

  /** Uses a cache until it is closed. */
  private static void use(
      Cache<String, String> cache, SplittableRandom random, CountDownLatch used) {
    try {
      for (int i = 0; ; i++) {
        String key = "k" + random.nextInt(5);
        switch (random.nextInt(8)) {
          case 0 -> cache.get(key);
          case 1 -> cache.getAndPut(key, "v");
          case 2 -> cache.invoke(key, (entry, arguments) -> entry.getValue());
          case 3 -> cache.forEach(entry -> {});
          case 4 -> cache.removeAll(Set.of(key));
          case 5 -> cache.loadAll(Set.of(key), true, null);
          case 6 -> cache.putAll(Map.of(key, "w"));
          default -> cache.put(key, "x");
        }
        if (i == 10) {
          used.countDown();
        }
      }
    } catch (IllegalStateException e) {
      assertThat(cache.isClosed()).as("%s", e).isTrue();
      used.countDown();
    }
  }

  private static final class Loader implements CacheLoader<String, String> {
    @Override
    public String load(String key) {
      return "loaded";
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      Map<String, String> loaded = new java.util.HashMap<>();
      keys.forEach(key -> loaded.put(key, "loaded"));
      return loaded;
    }
  }

  /** Takes no notice. */
  public static final class Listener implements CacheEntryCreatedListener<String, String> {
    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {}
  }

  /** An object that a user gives, to be closed. */
  private record Part(String name, List<String> closed)
      implements ExpiryPolicy, CacheLoader<String, String>, Closeable {
    @Override
    public Duration getExpiryForCreation() {
      return Duration.ETERNAL;
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      return null;
    }

    @Override
    public String load(String key) {
      return key;
    }

    @Override
    public Map<String, String> loadAll(Iterable<? extends String> keys) {
      return Map.of();
    }

    @Override
    public void close() {
      closed.add(name);
      throw new IllegalArgumentException("one that closes badly");
    }
  }

  @Test
  void theLoaderAndTheExpiryPolicyAreClosedWithTheCache() {
    List<String> closed = new ArrayList<>();
    try (CacheManager manager = provider.getCacheManager()) {
      Cache<String, String> cache =
          manager.createCache(
              "strings",
              Managers.ofStrings()
                  .setReadThrough(true)
                  .setCacheLoaderFactory(() -> new Part("loader", closed))
                  .setExpiryPolicyFactory(() -> new Part("policy", closed)));
      cache.put("k", "v");
      cache.close();
      assertThat(closed).containsExactlyInAnyOrder("loader", "policy");
      assertThat(manager.getCacheNames()).isEmpty();
      assertThat(manager.<String, String>getCache("strings")).isNull();
    }
  }

  @Test
  void aCacheThatCannotBeMadeLeavesNothingOpen() {
    List<String> closed = new ArrayList<>();
    try (CacheManager manager = Managers.of("json:" + directory + "/{cache}?expiration=1d")) {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  manager.createCache(
                      "strings",
                      Managers.ofStrings()
                          .setExpiryPolicyFactory(() -> new Part("policy", closed))
                          .setWriteThrough(true)
                          .setCacheWriterFactory(
                              () -> {
                                throw new IllegalStateException("no writer");
                              })));
      assertThat(closed).containsExactly("policy");
      assertThat(Managers.strings(manager)).isEmpty();
    }
  }

  @Test
  void entriesOfFilesOutliveTheirCacheUnlessThatIsDestroyed() {
    try (CacheManager manager = Managers.of("json:" + directory + "/{cache}")) {
      Managers.strings(manager).put("k", "v");
      manager.getCache("strings", String.class, String.class).close();
      Cache<String, String> again = Managers.strings(manager);
      assertThat(again.get("k")).isEqualTo("v");
      manager.destroyCache("strings");
      assertThat(Managers.strings(manager).get("k")).isNull();
    }
  }

  @Test
  void aManagerThatIsClosedMakesRoomForAnother() {
    CacheManager first = provider.getCacheManager(NAME, loader);
    assertThat(provider.getCacheManager(NAME, loader)).isSameAs(first);
    first.close();
    CacheManager second = provider.getCacheManager(NAME, loader);
    assertThat(second).isNotSameAs(first);
    first.close();
    assertThat(provider.getCacheManager(NAME, loader)).isSameAs(second);
    second.close();
  }
}
