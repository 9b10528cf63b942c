package io.jstorage.micrometer;

import io.jstorage.Storage;
import io.jstorage.memory.LruStorage;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinderCompatibilityKit;
import org.jspecify.annotations.Nullable;

/** Micrometer's kit, for a storage that counts by itself. */
class LruMetricsTest extends CacheMeterBinderCompatibilityKit<Storage<?>> {
  @Override
  public Storage<?> createCache() {
    return LruStorage.builder(2).statistics().build();
  }

  @Override
  public CacheMeterBinder<Storage<?>> binder() {
    return new StorageMetrics(cache, "mycache", Tags.empty());
  }

  @SuppressWarnings("unchecked")
  private Storage<String> storage() {
    return (Storage<String>) cache;
  }

  @Override
  public void put(String key, String value) {
    storage().put(key, value);
  }

  @Override
  public @Nullable String get(String key) {
    return storage().get(key).orElse(null);
  }
}
