package io.jstorage.spi;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import java.io.IOException;
import java.util.Optional;

/** A factory for a {@link ByteStore}; most backends extend this class. */
public abstract class ByteStoreFactory implements StorageFactory {
  /** For subclasses. */
  protected ByteStoreFactory() {}

  /**
   * Opens the store.
   *
   * @param options the options, checked by the provider
   * @return the store
   * @throws io.jstorage.InvalidOptionException if the options do not go together
   * @throws IOException if the medium cannot be opened; users catch it as a {@link
   *     StorageException}, as they do any unchecked exception of the medium
   */
  protected abstract ByteStore open(StorageOptions options) throws IOException;

  /** Returns the codec's name; {@code bytes} unless overridden, and never empty. */
  @Override
  public Optional<String> defaultCodec() {
    return Optional.of("bytes");
  }

  @Override
  public <V> Storage<V> create(StorageSpec<V> spec) {
    ByteStore store;
    try {
      store = open(spec.options());
    } catch (IOException | RuntimeException e) {
      throw Failures.of("open " + name(), e, false);
    }
    return Storages.of(store, spec.codec(), spec.transforms());
  }
}
