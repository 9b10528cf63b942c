package io.jstorage.examples;

import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import java.util.Set;

/** Gives the {@link HeapStore} a name. */
public final class HeapStoreFactory extends ByteStoreFactory {
  private final String name;

  /** Found through {@link java.util.ServiceLoader}, under the name {@code acme.heap}. */
  public HeapStoreFactory() {
    this("acme.heap");
  }

  /** To be registered under any name. */
  HeapStoreFactory(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of();
  }

  @Override
  protected ByteStore open(StorageOptions options) {
    return new HeapStore();
  }
}
