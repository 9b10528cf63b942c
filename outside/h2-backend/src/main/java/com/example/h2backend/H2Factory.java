package com.example.h2backend;

import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.StandardOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Opens an {@link H2Store} under the name {@code example.h2}. */
public final class H2Factory extends ByteStoreFactory {
  private static final Option<Path> PATH =
      Option.path("path").describedAs("The file that holds all entries.").required();

  @Override
  public String name() {
    return "example.h2";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(PATH, StandardOptions.CLOCK);
  }

  @Override
  protected ByteStore open(StorageOptions options) throws IOException {
    return H2Store.open(options.get(PATH), options.get(StandardOptions.CLOCK));
  }
}
