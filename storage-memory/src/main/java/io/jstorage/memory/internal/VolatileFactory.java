package io.jstorage.memory.internal;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.memory.VolatileStorage;
import io.jstorage.spi.StandardOptions;
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
    return Set.of(
        VolatileStorage.EXPIRATION,
        VolatileStorage.STORAGE,
        VolatileStorage.SWEEP,
        StandardOptions.CLOCK);
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    Object given = spec.options().find(VolatileStorage.STORAGE).orElse(null);
    if (given == null) {
      return build(VolatileStorage.builder(), spec.options());
    }
    if (given instanceof Storage<?> borrowed) {
      return build(VolatileStorage.builder(ofSameType(borrowed)), spec.options());
    }
    Storage<V> opened = spec.open(given.toString());
    try {
      return build(VolatileStorage.builder(opened).owned(), spec.options());
    } catch (RuntimeException e) {
      try {
        opened.close();
      } catch (RuntimeException f) {
        e.addSuppressed(f);
      }
      throw e;
    }
  }

  private static <V> Storage<V> build(VolatileStorage.Builder<V> builder, StorageOptions options) {
    builder
        .expiration(options.get(VolatileStorage.EXPIRATION))
        .clock(options.get(StandardOptions.CLOCK));
    options.find(VolatileStorage.SWEEP).ifPresent(builder::sweep);
    return builder.build();
  }

  /**
   * An option says nothing about the type of the values; the option's documentation asks for it.
   */
  @SuppressWarnings("unchecked")
  private static <V> Storage<V> ofSameType(Storage<?> storage) {
    return (Storage<V>) storage;
  }
}
