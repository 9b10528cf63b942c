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
    Object given = options.get(NearStorage.STORAGE);
    if (given instanceof Storage<?> borrowed) {
      return NearStorage.open(ofSameType(borrowed), false, options);
    }
    Storage<V> opened = spec.open(given.toString());
    try {
      return NearStorage.open(opened, true, options);
    } catch (RuntimeException e) {
      try {
        opened.close();
      } catch (RuntimeException f) {
        e.addSuppressed(f);
      }
      throw e;
    }
  }

  /**
   * An option says nothing about the type of the values; the option's documentation asks for it.
   */
  @SuppressWarnings("unchecked")
  private static <V> Storage<V> ofSameType(Storage<?> storage) {
    return (Storage<V>) storage;
  }
}
