package io.jstorage.memory.internal;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
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
    StorageOptions options = spec.options();
    Class<?> type = spec.type().rawType();
    boolean mayHaveBytes = type.isAssignableFrom(String.class) || type == byte[].class;
    if (options.has(LruStorage.WEIGHT) && !options.has(LruStorage.WEIGHER) && !mayHaveBytes) {
      throw new InvalidOptionException(
          "option 'weight' needs the option 'weigher', which returns the weight of an entry: values of %s have no size in bytes"
              .formatted(spec.type()));
    }
    return LruStorage.open(options);
  }
}
