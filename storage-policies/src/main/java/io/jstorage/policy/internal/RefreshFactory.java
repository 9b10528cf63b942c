package io.jstorage.policy.internal;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.policy.RefreshStorage;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageSpec;
import java.util.Set;

/** Makes {@code storage.refresh}. */
public final class RefreshFactory implements StorageFactory {
  /** For the service loader. */
  public RefreshFactory() {}

  @Override
  public String name() {
    return "storage.refresh";
  }

  @Override
  public Set<Option<?>> options() {
    return RefreshStorage.options();
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    return spec.inFrontOf(
        spec.options().get(RefreshStorage.STORAGE),
        (behind, owned) -> RefreshStorage.open(behind, owned, spec.options()));
  }
}
