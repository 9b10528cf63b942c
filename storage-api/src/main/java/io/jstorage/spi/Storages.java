package io.jstorage.spi;

import io.jstorage.ByteTransform;
import io.jstorage.Codec;
import io.jstorage.Loader;
import io.jstorage.Storage;
import java.io.Closeable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes storages from stores, codecs and policies. */
public final class Storages {
  private Storages() {}

  /**
   * Makes a storage of a store and a codec.
   *
   * @param store where the bytes live; closed with the storage if it is {@link Closeable}
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
   * <p>Per operation it costs one check of the key and the work of the parts, and for a store that
   * is {@link Closeable} two atomic additions; {@code get} allocates nothing of its own but the
   * {@code Optional}. Values are encoded before the store is touched.
   *
   * @param store where the bytes live; closed with the storage if it is {@link Closeable}
   * @param codec how values become bytes
   * @param transforms what happens to the bytes, in the order of writing
   * @param <V> the type of the values
   * @return the storage
   */
  public static <V> Storage<V> of(
      ByteStore store, Codec<V> codec, List<? extends ByteTransform> transforms) {
    Store<V> coded =
        new CodedStore<>(
            Objects.requireNonNull(store, "store"),
            Objects.requireNonNull(codec, "codec"),
            transforms.toArray(ByteTransform[]::new));
    return new Plain<>(coded, store instanceof Closeable closeable ? closeable : null, List.of());
  }

  /**
   * Makes a storage of a policy, which is a store in front of storages that {@link #asStore} turned
   * into stores.
   *
   * @param policy the store
   * @param owned what is closed with the storage, in this order: the storages that the policy owns
   * @param <V> the type of the values
   * @return the storage
   */
  public static <V> Storage<V> ofPolicy(Store<V> policy, List<? extends AutoCloseable> owned) {
    return new Plain<>(policy, null, owned);
  }

  /**
   * Returns a storage as a store, for a policy in front of it. Every call of the store is one of
   * the storage and throws what that throws. The store is not closed; its owner closes the storage.
   *
   * @param storage the storage
   * @param <V> the type of the values
   * @return the store
   */
  public static <V> Store<V> asStore(Storage<V> storage) {
    return new StorageStore<>(Objects.requireNonNull(storage, "storage"));
  }

  /**
   * Looks a key up in a storage that a policy stands before, as {@code get(key, loader)} of that
   * storage does: for policies that let a storage behind them know of the loader. They override
   * {@link AbstractStorage#lookup(String, Loader, Access)}, and {@link AbstractStorage#storeLoaded}
   * too.
   *
   * @param storage the storage
   * @param key the key
   * @param loader the loader that would compute the value
   * @param access whether this counts as an access
   * @param <V> the type of the values
   * @return the value, or null to have it loaded
   */
  public static <V> @Nullable V lookup(
      Storage<V> storage, String key, Loader<? extends V, ?> loader, Access access) {
    return storage instanceof AbstractStorage<V> known
        ? known.lookup(key, loader, access)
        : storage.get(key).orElse(null);
  }

  /**
   * Stores a loaded value in a storage that a policy stands before, as {@code get(key, loader)} of
   * that storage does.
   *
   * @param storage the storage
   * @param key the key
   * @param value the loaded value
   * @param <V> the type of the values
   * @return the value that exists then
   */
  public static <V> V storeLoaded(Storage<V> storage, String key, V value) {
    return storage instanceof AbstractStorage<V> known
        ? known.storeLoaded(key, value)
        : storage.get(key, missing -> value);
  }

  /** A storage without a type of its own. */
  private static final class Plain<V> extends AbstractStorage<V> {
    Plain(Store<V> store, @Nullable Closeable resource, List<? extends AutoCloseable> owned) {
      super(store, resource, owned);
    }
  }
}
