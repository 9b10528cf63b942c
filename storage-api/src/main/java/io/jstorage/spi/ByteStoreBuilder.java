package io.jstorage.spi;

import io.jstorage.ByteTransform;
import io.jstorage.Codec;
import io.jstorage.Storage;
import java.util.List;

/**
 * A builder of byte stores, which can also make them storages. Not thread-safe.
 *
 * @param <S> the type of the store
 * @param <B> the subclass
 */
public abstract class ByteStoreBuilder<S extends ByteStore, B extends ByteStoreBuilder<S, B>>
    extends OptionsBuilder<B> {
  /** For subclasses. */
  protected ByteStoreBuilder() {}

  /**
   * Opens the store.
   *
   * @return the store, to be closed by the caller or with the storage that it becomes part of
   * @throws io.jstorage.InvalidOptionException if the options do not go together
   * @throws io.jstorage.StorageException if the medium cannot be opened
   */
  public abstract S open();

  /**
   * Opens the store as a storage.
   *
   * @param codec how values become bytes
   * @param transforms steps between codec and store, in the order of writing
   * @param <V> the type of the values
   * @return the storage, to be closed by the caller
   * @throws io.jstorage.InvalidOptionException if the options do not go together
   * @throws io.jstorage.StorageException if the medium cannot be opened
   */
  public <V> Storage<V> storage(Codec<V> codec, ByteTransform... transforms) {
    return Storages.of(open(), codec, List.of(transforms));
  }
}
