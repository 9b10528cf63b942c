package io.jstorage.file.internal;

import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.file.DiskLruOptions;
import io.jstorage.file.DiskLruStore;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.StorageSpec;
import java.util.Optional;
import java.util.Set;

/** The service {@code storage.disklru}. */
public final class DiskLruFactory extends ByteStoreFactory {
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

  /** A listener is one of values, which the store does not know. */
  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    return spec.options().has(DiskLruOptions.LISTENER)
        ? DiskLruStore.open(FileFactory.withPath(spec.options()), spec.codec(), spec.transforms())
        : super.create(spec);
  }

  @Override
  protected ByteStore open(StorageOptions options) {
    return DiskLruStore.open(FileFactory.withPath(options));
  }
}
