package io.jstorage.memory.internal;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.memory.LruStorage;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageSpec;
import java.util.Set;

/** Makes {@code storage.lru}. */
public final class LruFactory implements StorageFactory {
  /** For the service loader. */
  public LruFactory() {}

  @Override
  public String name() {
    return "storage.lru";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(LruStorage.LIMIT, StandardOptions.EXPIRATION, StandardOptions.CLOCK);
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    StorageOptions options = spec.options();
    LruStorage.Builder builder =
        LruStorage.builder(options.get(LruStorage.LIMIT)).clock(options.get(StandardOptions.CLOCK));
    options.find(StandardOptions.EXPIRATION).ifPresent(builder::expiration);
    return builder.build();
  }
}
