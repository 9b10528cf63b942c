package io.jstorage.memory.internal;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.memory.LruStorage;
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
    return LruStorage.options();
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    return LruStorage.open(spec.options());
  }
}
