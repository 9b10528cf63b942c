package io.jstorage.file.internal;

import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.file.DiskLruStore;
import io.jstorage.file.FileStore;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.StandardOptions;
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
    return Set.of(
        FileStore.PATH,
        DiskLruStore.SUFFIX,
        DiskLruStore.LIMIT,
        DiskLruStore.DURABILITY,
        StandardOptions.CLOCK);
  }

  @Override
  protected ByteStore open(StorageOptions options) {
    DiskLruStore.Builder builder =
        DiskLruStore.at(FileFactory.pathIn(options))
            .suffix(options.get(DiskLruStore.SUFFIX))
            .limit(options.get(DiskLruStore.LIMIT))
            .durability(options.get(DiskLruStore.DURABILITY));
    if (options.has(StandardOptions.CLOCK)) {
      builder.clock(options.get(StandardOptions.CLOCK));
    }
    return builder.open();
  }
}
