package io.jstorage.near.internal;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.near.NearStorage;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageSpec;
import java.util.Set;

/** Makes {@code storage.near}. */
public final class NearFactory implements StorageFactory {
  /** For the service loader. */
  public NearFactory() {}

  @Override
  public String name() {
    return "storage.near";
  }

  @Override
  public Set<Option<?>> options() {
    return NearStorage.options();
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    StorageOptions options = spec.options();
    return spec.inFrontOf(
        options.get(NearStorage.STORAGE),
        (behind, owned) -> NearStorage.open(behind, owned, options));
  }
}
