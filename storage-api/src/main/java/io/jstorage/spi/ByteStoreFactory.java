package io.jstorage.spi;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import java.util.Optional;

/** A factory for a {@link ByteStore}: what most backends extend. */
public abstract class ByteStoreFactory implements StorageFactory {
  /** For subclasses. */
  protected ByteStoreFactory() {}

  /**
   * Opens the store.
   *
   * @param options the options, checked by the provider
   * @return the store
   * @throws io.jstorage.InvalidOptionException if the options do not go together
   * @throws StorageException if the medium cannot be opened
   */
  protected abstract ByteStore open(StorageOptions options);

  /** Returns the codec's name; {@code bytes} unless overridden, and never empty. */
  @Override
  public Optional<String> defaultCodec() {
    return Optional.of("bytes");
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    return Storages.of(open(spec.options()), spec.codec(), spec.transforms());
  }
}
