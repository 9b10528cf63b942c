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
    if (given == null) {
      return VolatileStorage.open(null, false, options);
    }
    if (given instanceof Storage<?> borrowed) {
      return VolatileStorage.open(ofSameType(borrowed), false, options);
    }
    Storage<V> opened = spec.open(given.toString());
    try {
      return VolatileStorage.open(opened, true, options);
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
