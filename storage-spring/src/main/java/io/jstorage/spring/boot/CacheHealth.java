package io.jstorage.spring.boot;

import io.jstorage.spring.OnFailure;
import io.jstorage.spring.StorageCache;
import io.jstorage.spring.StorageCacheManager;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the storages of the caches answer. A cache without which callers go on does not make the
 * whole unhealthy. Nothing is told of places and causes but the class of the exception.
 */
record CacheHealth(boolean isUp, Map<String, String> caches) {
  static CacheHealth of(StorageCacheManager manager) {
    boolean up = true;
    Map<String, String> caches = new TreeMap<>();
    for (StorageCache cache : manager.caches()) {
      try {
        cache.check();
        caches.put(cache.getName(), "UP");
      } catch (RuntimeException e) {
        caches.put(cache.getName(), "DOWN: " + e.getClass().getSimpleName());
        up = up && cache.onFailure() == OnFailure.LOAD;
      }
    }
    return new CacheHealth(up, caches);
  }
}
