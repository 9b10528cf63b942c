package io.jstorage.policy.internal;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.policy.ReadOnlyStorage;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageSpec;
import java.util.Set;

/** Makes {@code storage.readonly}. */
public final class ReadOnlyFactory implements StorageFactory {
  /** For the service loader. */
  public ReadOnlyFactory() {}

  @Override
  public String name() {
    return "storage.readonly";
  }

  @Override
  public Set<Option<?>> options() {
    return ReadOnlyStorage.options();
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    return spec.inFrontOf(
        spec.options().get(ReadOnlyStorage.STORAGE),
        (behind, owned) -> ReadOnlyStorage.open(behind, owned));
  }
}
