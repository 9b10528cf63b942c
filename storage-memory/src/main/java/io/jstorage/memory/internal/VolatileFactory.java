package io.jstorage.memory.internal;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.memory.VolatileStorage;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageSpec;
import java.util.Set;

/** Makes {@code storage.volatile}. */
public final class VolatileFactory implements StorageFactory {
  /** For the service loader. */
  public VolatileFactory() {}

  @Override
  public String name() {
    return "storage.volatile";
  }

  @Override
  public Set<Option<?>> options() {
    return VolatileStorage.options();
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    StorageOptions options = spec.options();
    Object given = options.find(VolatileStorage.STORAGE).orElse(null);
    return given == null
        ? VolatileStorage.open(null, false, options)
        : spec.inFrontOf(given, (behind, owned) -> VolatileStorage.open(behind, owned, options));
  }
}
