package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.spi.PolicyStore;

/** The storage behind, by its name in messages. */
final class RefreshStore<V> extends PolicyStore<V> {
  RefreshStore(Storage<V> behind) {
    super(
        RefreshStorage.NAME,
        behind,
        FallbackStorage.NAME,
        RefreshStorage.NAME,
        ReadOnlyStorage.NAME);
  }

  @Override
  public String toString() {
    return super.toString() + ", refreshed";
  }
}
