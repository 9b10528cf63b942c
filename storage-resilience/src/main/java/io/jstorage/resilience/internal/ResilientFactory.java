package io.jstorage.resilience.internal;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.resilience.ResilientStorage;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageSpec;
import java.util.Set;

/** Makes {@code storage.resilient}. */
public final class ResilientFactory implements StorageFactory {
  /** For the service loader. */
  public ResilientFactory() {}

  @Override
  public String name() {
    return "storage.resilient";
  }

  @Override
  public Set<Option<?>> options() {
    return ResilientStorage.options();
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    return spec.inFrontOf(
        spec.options().get(ResilientStorage.STORAGE),
        (behind, owned) -> ResilientStorage.open(behind, owned, spec.options()));
  }
}
