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
 * The entries of another storage whose keys start with a prefix, as a storage of its own: the
 * service {@code storage.prefix}.
 *
 * <p>A key {@code k} here is the key {@code prefix + k} there. Listing, {@code size} and {@code
 * clear} are about these entries alone: they list those that start with the prefix, and {@code
 * clear} removes them in batches of some hundred. {@code purgeExpired} purges the whole storage
 * behind, and returns what that removed. All else is as atomic and durable as the storage behind,
 * and has its capabilities; limits, such as that of an LRU, are shared by all who use it.
 *
 * <p>Two prefixes of which one begins with the other overlap, as in {@code a} and {@code ab}. End
 * prefixes with a character that stands in none of them before, such as a colon.
 *
 * <p>Keys are shorter here by the bytes of the prefix. It is refused if it would leave less than
 * the 255 bytes that every storage takes. Messages of the storage behind show keys with their
 * prefix.
 *
 * @param <V> the type of the values
 */
public final class PrefixStorage<V> extends AbstractStorage<V> {
  static final String NAME = "storage.prefix";

  /** {@code prefix}: what the keys start with in the storage behind. */
  public static final Option<String> PREFIX =
      Option.text("prefix")
          .describedAs("The prefix of the keys in the storage behind, such as 'users:'.")
          .required();

  /**
   * {@code storage}: the storage behind; a {@link Storage}, which is borrowed and must hold values
   * of the same type, or a service name or URL, which is opened and closed with this one.
   */
  public static final Option<Object> STORAGE =
      StandardOptions.storage("storage")
          .describedAs("The storage that holds the entries.")
          .required();

  private PrefixStorage(PrefixStore<V> store, List<AutoCloseable> owned) {
    super(store, owned);
  }

  /**
   * Makes a storage of some entries of another one, which stays the caller's to close.
   *
   * @param storage the other storage
   * @param prefix what the keys start with there
   * @param <V> the type of the values
   * @return the storage
   * @throws InvalidOptionException if the prefix is empty, cannot begin a key, or leaves less than
   *     255 bytes for keys; or if the other storage is, or has behind it, {@code storage.fallback}
   *     or {@code storage.refresh}
   */
  public static <V> PrefixStorage<V> over(Storage<V> storage, String prefix) {
    return open(storage, prefix, false);
  }

  /**
   * Makes a storage of some entries of another one.
   *
   * @param storage the other storage
   * @param prefix what the keys start with there
   * @param owned whether the other storage is closed with this one
   * @param <V> the type of the values
   * @return the storage
   * @throws InvalidOptionException as {@link #over} does
   */
  public static <V> PrefixStorage<V> open(Storage<V> storage, String prefix, boolean owned) {
    return new PrefixStorage<>(
        new PrefixStore<>(storage, prefix), PolicyStore.owned(storage, owned));
  }

  /**
   * Returns the options of a storage.
   *
   * @return an unmodifiable set
   */
  public static Set<Option<?>> options() {
    return Set.of(PREFIX, STORAGE);
  }
}
