package io.jstorage.file.internal;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.file.DiskLruOptions;
import io.jstorage.file.DiskLruStore;
import io.jstorage.spi.StorageFactory;
import io.jstorage.spi.StorageSpec;
import java.util.Optional;
import java.util.Set;

/** The service {@code storage.disklru}. */
public final class DiskLruFactory implements StorageFactory {
  /** For {@link java.util.ServiceLoader}. */
  public DiskLruFactory() {}

  @Override
  public String name() {
    return "storage.disklru";
  }

  @Override
  public Optional<String> defaultCodec() {
    return Optional.of("serialized");
  }

  @Override
  public Set<Option<?>> options() {
    return DiskLruOptions.all();
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    return DiskLruStore.open(FileFactory.withPath(spec.options()), spec.codec(), spec.transforms());
  }
}
