package io.jstorage.benchmarks;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import com.google.common.cache.CacheBuilder;
import io.jstorage.Storage;
import io.jstorage.jcache.StorageCachingProvider;
import io.jstorage.memory.LruStorage;
import io.jstorage.memory.VolatileStorage;
import io.jstorage.near.NearStorage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.cache.configuration.MutableConfiguration;
import org.cache2k.Cache2kBuilder;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.cache2k.jcache.provider.JCacheProvider;

/** The caches that are compared. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
public enum Engine {
  /** {@code storage.lru}, read through its map, as the peers' misses are nulls too. */
  JSTORAGE(limit -> over(LruStorage.ofLimit(limit))),
  /** The ceiling: it never evicts. */
  CONCURRENT_HASH_MAP(limit -> over(new ConcurrentHashMap<>())),
  CAFFEINE(limit -> over(Caffeine.newBuilder().maximumSize(limit).<String, Object>build())),
  CACHE2K(
      limit -> {
        var cache =
            Cache2kBuilder.of(String.class, Object.class)
                .name("benchmark-" + System.nanoTime())
                .entryCapacity(limit)
                .eternal(true)
                .build();
        return new Cache<>(cache::peek, cache::put);
      }),
  GUAVA(
      limit -> {
        var cache = CacheBuilder.newBuilder().maximumSize(limit).<String, Object>build();
        return new Cache<>(cache::getIfPresent, cache::put);
      }),
  LINKED_HASH_MAP(limit -> over(Collections.synchronizedMap(new Lru(limit)))),
  /** {@code storage.volatile} over a map of its own; it limits no number. */
  VOLATILE(limit -> over(VolatileStorage.builder().expiration(Duration.ofHours(1)).build())),
  CAFFEINE_EXPIRING(
      limit ->
          over(
              Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(1)).<String, Object>build())),
  /** {@code storage.near} in front of an LRU; what is put is read once, so that it is near. */
  NEAR(
      limit -> {
        Storage<Object> near = NearStorage.over(LruStorage.ofLimit(limit), limit);
        return new Cache<>(
            near.asMap()::get,
            (key, value) -> {
              near.put(key, value);
              near.get(key);
            });
      }),
  /** {@code storage.lru} through JCache; all caches of JSR-107 hold strings by value. */
  JCACHE(
      limit -> {
        Properties properties = new Properties();
        properties.setProperty("io.jstorage.jcache.template", "lru:?limit=" + limit);
        return over(
            new StorageCachingProvider()
                .getCacheManager(null, null, properties)
                .createCache(
                    "benchmark",
                    new MutableConfiguration<String, String>()
                        .setTypes(String.class, String.class)));
      }),
  CAFFEINE_JCACHE(
      limit -> {
        CaffeineConfiguration<String, String> configuration = new CaffeineConfiguration<>();
        configuration.setTypes(String.class, String.class);
        configuration.setMaximumSize(OptionalLong.of(limit));
        return over(
            new CaffeineCachingProvider()
                .getCacheManager()
                .createCache("benchmark", configuration));
      }),
  CACHE2K_JCACHE(
      limit ->
          over(
              new JCacheProvider()
                  .getCacheManager()
                  .createCache(
                      "benchmark",
                      ExtendedMutableConfiguration.of(
                          Cache2kBuilder.of(String.class, String.class)
                              .entryCapacity(limit)
                              .eternal(true)))));

  /** Makes a cache for so many entries. */
  final IntFunction<Cache<Object>> opener;

  Engine(IntFunction<Cache<Object>> opener) {
    this.opener = opener;
  }

  /** Makes keys whose hash codes are known already, as those of literals are. */
  static String[] keys(int count) {
    String[] keys = IntStream.range(0, count).mapToObj(i -> "key:" + i).toArray(String[]::new);
    var unused = Arrays.hashCode(keys);
    return keys;
  }

  private static final class Lru extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1;
    private final int limit;

    Lru(int limit) {
      super(16, 0.75f, true);
      this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
      return size() > limit;
    }
  }

  private static Cache<Object> over(Storage<Object> storage) {
    return new Cache<>(storage.asMap()::get, storage::put);
  }

  private static Cache<Object> over(
      com.github.benmanes.caffeine.cache.Cache<String, Object> cache) {
    return new Cache<>(cache::getIfPresent, cache::put);
  }

  private static Cache<Object> over(javax.cache.Cache<String, String> cache) {
    return new Cache<>(cache::get, (key, value) -> cache.put(key, (String) value));
  }

  private static Cache<Object> over(Map<String, Object> map) {
    return new Cache<>(map::get, map::put);
  }
}
