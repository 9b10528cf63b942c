package io.jstorage.cache;

import io.jstorage.Loader;
import io.jstorage.Statistics;
import io.jstorage.Storage;
import io.jstorage.spi.AbstractStorage;
import io.jstorage.spi.Access;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A storage in front of any other one that counts its operations, and lets an observer watch them.
 *
 * <p>It has all capabilities of the storage behind, throws what that throws, and returns what that
 * has underneath; what is done through an object that {@code unwrap} or {@code streams} returns is
 * not counted. An operation costs two calls and one addition more, and what the observer takes.
 * Closing it closes the storage behind.
 *
 * @param <V> the type of the values
 */
public final class ObservedStorage<V> extends AbstractStorage<V> {
  private final ObservedStore<V> store;

  private ObservedStorage(ObservedStore<V> store, Storage<V> behind) {
    super(store, List.of(behind));
    this.store = store;
  }

  /**
   * Counts the operations of a storage.
   *
   * @param storage the storage behind, closed with the one that is made
   * @param <V> the type of the values
   * @return the storage to use in its place
   */
  public static <V> ObservedStorage<V> of(Storage<V> storage) {
    return new ObservedStorage<>(new ObservedStore<>(storage, null), storage);
  }

  /**
   * Counts the operations of a storage and lets an observer watch them.
   *
   * @param storage the storage behind, closed with the one that is made
   * @param observer watches the operations
   * @param <V> the type of the values
   * @return the storage to use in its place
   */
  public static <V> ObservedStorage<V> of(Storage<V> storage, StorageObserver observer) {
    Objects.requireNonNull(observer, "observer");
    return new ObservedStorage<>(new ObservedStore<>(storage, new SafeObserver(observer)), storage);
  }

  /**
   * Takes a snapshot of what has been counted. Evictions, expirations and entries are there if the
   * storage behind counts them. It may also be asked for after {@link #close()}.
   *
   * @return the snapshot
   */
  public Statistics statistics() {
    return store.statistics();
  }

  @Override
  protected <E extends Exception> @Nullable V load(String key, Loader<? extends V, E> loader)
      throws E {
    return store.load(key, loader);
  }

  /** The storage behind may do something about loads, as a fallback does. */
  @Override
  protected @Nullable V lookup(String key, Loader<? extends V, ?> loader, Access access) {
    checkKey(key);
    return store.lookup(key, loader, access);
  }

  @Override
  protected V storeLoaded(String key, V value) {
    checkKey(key);
    return store.storeLoaded(key, value);
  }
}
