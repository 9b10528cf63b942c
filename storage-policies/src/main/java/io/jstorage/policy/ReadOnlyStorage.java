package io.jstorage.policy;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.spi.AbstractStorage;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.StandardOptions;
import java.util.List;
import java.util.Set;

/**
 * Another storage that can be read and not changed: the service {@code storage.readonly}.
 *
 * <p>Every change is an {@link UnsupportedOperationException}, in batches and through {@link
 * #asMap()} too, before the storage behind is asked. {@code get(key, loader)} returns what the
 * loader makes and stores nothing. Writes of others are seen as the storage behind shows them.
 *
 * <p>The capabilities ATOMIC and EXPIRY are not declared, as they promise changes; WRITE_TIME is
 * what the storage behind declares. Entries keep the versions and deadlines that it gives them. It
 * stands in front of {@code storage.volatile} and {@code storage.prefix}, never of {@code
 * storage.fallback} or {@code storage.refresh}.
 *
 * @param <V> the type of the values
 */
public final class ReadOnlyStorage<V> extends AbstractStorage<V> {
  static final String NAME = "storage.readonly";

  /**
   * {@code storage}: the storage behind; a {@link Storage}, which is borrowed and must hold values
   * of the same type, or a service name or URL, which is opened and closed with this one.
   */
  public static final Option<Object> STORAGE =
      StandardOptions.storage("storage").describedAs("The storage that is read.").required();

  private ReadOnlyStorage(ReadOnlyStore<V> store, List<AutoCloseable> owned) {
    super(store, owned);
  }

  /**
   * Makes a storage in front of another one, which stays the caller's to close.
   *
   * @param storage the other storage
   * @param <V> the type of the values
   * @return the storage
   * @throws InvalidOptionException if the other storage is, or has behind it, a policy that must
   *     stand in front
   */
  public static <V> ReadOnlyStorage<V> over(Storage<V> storage) {
    return open(storage, false);
  }

  /**
   * Makes a storage in front of another one.
   *
   * @param storage the other storage
   * @param owned whether the other storage is closed with this one
   * @param <V> the type of the values
   * @return the storage
   * @throws InvalidOptionException as {@link #over} does
   */
  public static <V> ReadOnlyStorage<V> open(Storage<V> storage, boolean owned) {
    return new ReadOnlyStorage<>(new ReadOnlyStore<>(storage), PolicyStore.owned(storage, owned));
  }

  /** Nothing is stored, and nothing else can have come to be known. */
  @Override
  protected V storeLoaded(String key, V value) {
    return value;
  }

  /**
   * Returns the options of a storage.
   *
   * @return an unmodifiable set
   */
  public static Set<Option<?>> options() {
    return Set.of(STORAGE);
  }
}
