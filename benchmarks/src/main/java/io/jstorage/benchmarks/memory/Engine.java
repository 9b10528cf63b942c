package io.jstorage.benchmarks.memory;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import io.jstorage.Storage;
import io.jstorage.memory.LruStorage;
import io.jstorage.memory.VolatileStorage;
import io.jstorage.near.NearStorage;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cache2k.Cache2kBuilder;
import org.jspecify.annotations.Nullable;

/** The caches that are compared. */
public enum Engine {
  /** {@code storage.lru}, read through its map, as the peers' misses are nulls too. */
  JSTORAGE {
    @Override
    Cache open(int capacity) {
      return over(LruStorage.ofLimit(capacity));
    }
  },
  /** The ceiling: it never evicts. */
  CONCURRENT_HASH_MAP {
    @Override
    Cache open(int capacity) {
      return over(new ConcurrentHashMap<>());
    }
  },
  CAFFEINE {
    @Override
    Cache open(int capacity) {
      return over(Caffeine.newBuilder().maximumSize(capacity).<String, Object>build());
    }
  },
  CACHE2K {
    @Override
    Cache open(int capacity) {
      var cache =
          Cache2kBuilder.of(String.class, Object.class)
              .name("benchmark-" + System.nanoTime())
              .entryCapacity(capacity)
              .eternal(true)
              .build();
      return new Cache() {
        @Override
        public @Nullable Object get(String key) {
          return cache.peek(key);
        }

        @Override
        public void put(String key, Object value) {
          cache.put(key, value);
        }
      };
    }
  },
  GUAVA {
    @Override
    Cache open(int capacity) {
      var cache = CacheBuilder.newBuilder().maximumSize(capacity).<String, Object>build();
      return new Cache() {
        @Override
        public @Nullable Object get(String key) {
          return cache.getIfPresent(key);
        }

        @Override
        public void put(String key, Object value) {
          cache.put(key, value);
        }
      };
    }
  },
  LINKED_HASH_MAP {
    @Override
    Cache open(int capacity) {
      return over(
          Collections.synchronizedMap(
              new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
                  return size() > capacity;
                }
              }));
    }
  },
  /** {@code storage.volatile} over a map of its own; it limits no number. */
  VOLATILE {
    @Override
    Cache open(int capacity) {
      return over(VolatileStorage.<Object>builder().expiration(Duration.ofHours(1)).build());
    }
  },
  CAFFEINE_EXPIRING {
    @Override
    Cache open(int capacity) {
      return over(
          Caffeine.newBuilder().expireAfterWrite(Duration.ofHours(1)).<String, Object>build());
    }
  },
  /** {@code storage.near} in front of an LRU; what is put is read once, so that it is near. */
  NEAR {
    @Override
    Cache open(int capacity) {
      Storage<Object> near = NearStorage.over(LruStorage.ofLimit(capacity), capacity);
      Map<String, Object> map = near.asMap();
      return new Cache() {
        @Override
        public @Nullable Object get(String key) {
          return map.get(key);
        }

        @Override
        public void put(String key, Object value) {
          near.put(key, value);
          near.get(key);
        }
      };
    }
  },
  /** {@code storage.lru} through JCache, by value as the standard has it unless told otherwise. */
  JCACHE {
    @Override
    Cache open(int capacity) {
      return over(JCaches.overLru(capacity));
    }
  },
  CAFFEINE_JCACHE {
    @Override
    Cache open(int capacity) {
      return over(JCaches.ofCaffeine(capacity));
    }
  },
  CACHE2K_JCACHE {
    @Override
    Cache open(int capacity) {
      return over(JCaches.ofCache2k(capacity));
    }
  };

  abstract Cache open(int capacity);

  private static Cache over(Storage<Object> storage) {
    Map<String, Object> map = storage.asMap();
    return new Cache() {
      @Override
      public @Nullable Object get(String key) {
        return map.get(key);
      }

      @Override
      public void put(String key, Object value) {
        storage.put(key, value);
      }
    };
  }

  private static Cache over(com.github.benmanes.caffeine.cache.Cache<String, Object> cache) {
    return new Cache() {
      @Override
      public @Nullable Object get(String key) {
        return cache.getIfPresent(key);
      }

      @Override
      public void put(String key, Object value) {
        cache.put(key, value);
      }
    };
  }

  private static Cache over(javax.cache.Cache<String, String> cache) {
    return new Cache() {
      @Override
      public @Nullable Object get(String key) {
        return cache.get(key);
      }

      @Override
      public void put(String key, Object value) {
        cache.put(key, (String) value);
      }
    };
  }

  private static Cache over(Map<String, Object> map) {
    return new Cache() {
      @Override
      public @Nullable Object get(String key) {
        return map.get(key);
      }

      @Override
      public void put(String key, Object value) {
        map.put(key, value);
      }
    };
  }
}
