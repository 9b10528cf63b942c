package io.jstorage.spi;

import io.jstorage.ByteTransform;
import io.jstorage.Codec;
import io.jstorage.Storage;
import java.util.List;
import java.util.Objects;

/** Makes storages of their parts: the one place where a store and a codec meet. */
public final class Storages {
  private Storages() {}

  /**
   * Makes a storage of a store and a codec.
   *
   * @param store where the bytes live; closed with the storage
   * @param codec how values become bytes
   * @param <V> the type of the values
   * @return the storage
   */
  public static <V> Storage<V> of(ByteStore store, Codec<V> codec) {
    return of(store, codec, List.of());
  }

  /**
   * Makes a storage of a store, a codec and transforms.
   *
   * <p>Per operation it costs one check of the key and the work of the parts; {@code get} allocates
   * nothing of its own but the {@code Optional}. Values are encoded before the store is touched.
   *
   * @param store where the bytes live; closed with the storage
   * @param codec how values become bytes
   * @param transforms what happens to the bytes, in the order of writing
   * @param <V> the type of the values
   * @return the storage
   */
  public static <V> Storage<V> of(
      ByteStore store, Codec<V> codec, List<? extends ByteTransform> transforms) {
    return new ByteStorage<>(
        Objects.requireNonNull(store, "store"),
        Objects.requireNonNull(codec, "codec"),
        transforms.toArray(ByteTransform[]::new));
  }
}
