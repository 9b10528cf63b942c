package io.jstorage.policy.internal;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.policy.PrefixStorage;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageSpec;
import java.util.Set;

/** Makes {@code storage.prefix}. */
public final class PrefixFactory implements StorageFactory {
  /** For the service loader. */
  public PrefixFactory() {}

  @Override
  public String name() {
    return "storage.prefix";
  }

  @Override
  public Set<Option<?>> options() {
    return PrefixStorage.options();
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    String prefix = spec.options().get(PrefixStorage.PREFIX);
    return spec.inFrontOf(
        spec.options().get(PrefixStorage.STORAGE),
        (behind, owned) -> PrefixStorage.open(behind, prefix, owned));
  }
}
