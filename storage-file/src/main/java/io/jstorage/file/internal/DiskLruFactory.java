package io.jstorage.file.internal;

import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.file.DiskLruOptions;
import io.jstorage.file.DiskLruStore;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
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

  @Override
  protected ByteStore open(StorageOptions options) {
    return DiskLruStore.open(FileFactory.withPath(options));
  }
}
