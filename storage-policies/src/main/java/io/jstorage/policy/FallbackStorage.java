package io.jstorage.policy;

import io.jstorage.CodecException;
import io.jstorage.InvalidOptionException;
import io.jstorage.Loader;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.spi.AbstractStorage;
import io.jstorage.spi.Access;
import io.jstorage.spi.PolicyBuilder;
import io.jstorage.spi.PolicyStack;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.StandardOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A storage in front of another one, whose reads are answered otherwise while the other one fails:
 * the service {@code storage.fallback}.
 *
 * <p>While the storage behind works, this one is as that is. A read that fails is answered by the
 * first of these that has an answer:
 *
 * <ol>
 *   <li>with the option {@code stale}, the value that this object last read or wrote under the key,
 *       if the storage held it no longer ago than that. It may have expired, or been changed by
 *       others, since;
 *   <li>with the option {@code second}, another storage, which says what it has, or that it has
 *       nothing. It is never written: a replica, or a copy that somebody else makes;
 *   <li>in {@code get(key, loader)}, the loader. The value is returned though it cannot be stored.
 * </ol>
 *
 * <p>If none has, the failure is thrown. It is never taken for a miss. Reads are {@code get},
 * {@code require}, {@code getAll} and {@code asMap().get}; {@code entry}, {@code contains},
 * listings and the conditional methods of the map fail, because what they tell would be acted on.
 *
 * <p>Failures are {@link StorageException}s. A {@link CodecException} is none: the bytes are there,
 * and cannot be read by this codec, password or key. It is thrown as ever, no loader runs, and
 * nothing is overwritten.
 *
 * <p>A write goes to the storage behind and nowhere else, and fails if that fails. If its outcome
 * is unknown, the last known value is forgotten.
 *
 * <p>For a tenth of a second after a failure, unless a call has succeeded, {@code get(key, loader)}
 * does not ask the storage again. A storage that fails slowly fails fast with {@code
 * storage.resilient} in between.
 *
 * <p>Every failure is counted by {@link #reads}, told to the {@link FallbackListener}, and logged
 * by {@link System.Logger} at most once a minute. This stands in front of all other policies; its
 * values are the very objects that were read or written, which their users must not change.
 *
 * @param <V> the type of the values
 */
public final class FallbackStorage<V> extends AbstractStorage<V> {
  static final String NAME = "storage.fallback";

  /**
   * {@code storage}: the storage behind; a {@link Storage}, which is borrowed and must hold values
   * of the same type, or a service name or URL, which is opened and closed with this one.
   */
  public static final Option<Object> STORAGE =
      StandardOptions.storage("storage").describedAs("The storage that may fail.").required();

  /** {@code second}: another storage, given as {@link #STORAGE} is; by default there is none. */
  public static final Option<Object> SECOND =
      StandardOptions.storage("second")
          .describedAs("A storage that is read while the other one fails, and never written.");

  /** {@code stale}: how old a last known value may be; by default none is served. */
  public static final Option<Duration> STALE =
      Option.duration("stale")
          .describedAs(
              "How long ago the storage may have held a value that is served in its place.");

  /** {@code limit}: of how many keys the last value is known; 10 000 by default. */
  public static final Option<Integer> LIMIT =
      Option.integer("limit")
          .where(limit -> limit > 0, "positive")
          .describedAs("Of how many keys the last value is kept in memory.")
          .withDefault(10_000);

  /** {@code listener}: who is told of failures; nobody by default. */
  public static final Option<FallbackListener> LISTENER =
      Option.object("listener", FallbackListener.class)
          .describedAs("Is called for each failure and its answer.");

  private final FallbackStore<V> store;
  private final Outage outage;

  /** Whether what is loaded cannot be stored anyway. */
  private final boolean readOnly;

  private FallbackStorage(
      FallbackStore<V> store, Outage outage, boolean readOnly, List<AutoCloseable> owned) {
    super(store, owned);
    this.store = store;
    this.outage = outage;
    this.readOnly = readOnly;
  }

  /**
   * Begins a storage in front of another one. By default the loader alone stands in for the other
   * storage, which stays the caller's to close.
   *
   * @param storage the other storage
   * @param <V> the type of the values
   * @return the builder
   */
  public static <V> Builder<V> builder(Storage<V> storage) {
    return new Builder<>(Objects.requireNonNull(storage, "storage"));
  }

  /**
   * Makes a storage by options.
   *
   * @param storage the storage behind
   * @param second the storage that is read while that fails, if there is one
   * @param owned what is closed with this one
   * @param options those of {@link #options()} but {@link #STORAGE} and {@link #SECOND}
   * @param <V> the type of the values
   * @return the storage
   * @throws InvalidOptionException if an option has a wrong value, or as {@link Builder#build} does
   */
  public static <V> FallbackStorage<V> open(
      Storage<V> storage,
      @Nullable Storage<V> second,
      List<? extends AutoCloseable> owned,
      StorageOptions options) {
    if (second == storage) {
      throw new InvalidOptionException(
          "'storage' and 'second' are the same storage: if it fails, both fail");
    }
    Duration stale = options.find(STALE).orElse(null);
    if (stale == null && options.has(LIMIT)) {
      throw new InvalidOptionException(
          "storage.fallback keeps no values without the option 'stale', so that 'limit' means nothing: add 'stale' or leave it out");
    }
    Outage outage = new Outage(storage, options.find(LISTENER).orElse(null));
    FallbackStore<V> store =
        new FallbackStore<>(
            storage,
            second,
            new LastKnown<>(stale, options.get(LIMIT)),
            options.get(StandardOptions.CLOCK),
            outage);
    boolean readOnly = PolicyStack.of(storage).has(ReadOnlyStorage.NAME);
    return new FallbackStorage<>(store, outage, readOnly, List.copyOf(owned));
  }

  /**
   * Counts the reads that failed.
   *
   * @param source by what they were answered
   * @return how many there were since this object was made
   */
  public long reads(FallbackSource source) {
    return outage.reads(source);
  }

  /**
   * Counts the values that a loader made and that could not be stored.
   *
   * @return how many there were since this object was made
   */
  public long notStored() {
    return outage.notStored();
  }

  @Override
  protected @Nullable V lookup(String key, Loader<? extends V, ?> loader, Access access) {
    checkKey(key);
    try {
      return store.readOr(key, loader, access);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A storage throws none.
    }
  }

  /** A value that could not be stored is as good as one that was, to those who asked for it. */
  @Override
  protected V storeLoaded(String key, V value) {
    if (readOnly) {
      return value;
    }
    StorageException recent = outage.recent();
    if (recent == null) {
      try {
        return super.storeLoaded(key, value);
      } catch (CodecException e) {
        throw e;
      } catch (StorageException e) {
        outage.failed(e);
        recent = e;
      }
    }
    store.keepUnstored(key, value, recent);
    return value;
  }

  /**
   * Returns the options of a storage.
   *
   * @return an unmodifiable set
   */
  public static Set<Option<?>> options() {
    return Set.of(STORAGE, SECOND, STALE, LIMIT, LISTENER, StandardOptions.CLOCK);
  }

  /**
   * Collects the options of a storage. Not thread-safe.
   *
   * @param <V> the type of the values
   */
  public static final class Builder<V> extends PolicyBuilder<Builder<V>> {
    private final Storage<V> behind;
    private @Nullable Storage<V> second;

    private Builder(Storage<V> behind) {
      this.behind = behind;
    }

    /**
     * Serves last known values, the most recently used of them from memory.
     *
     * @param age how long ago the storage may have held a value that is served
     * @return this builder
     * @throws InvalidOptionException if {@code age} is zero or negative
     */
    public Builder<V> stale(Duration age) {
      return set(STALE, age);
    }

    /**
     * Sets of how many keys the last value is known.
     *
     * @param limit the number, by default 10 000
     * @return this builder
     * @throws InvalidOptionException if {@code limit} is not positive
     */
    public Builder<V> limit(int limit) {
      return set(LIMIT, limit);
    }

    /**
     * Reads another storage while the first one fails. It stays the caller's to close, also with
     * {@link #owned()}.
     *
     * @param storage the other storage
     * @return this builder
     */
    public Builder<V> second(Storage<V> storage) {
      this.second = Objects.requireNonNull(storage, "storage");
      return this;
    }

    /**
     * Tells somebody of each failure.
     *
     * @param listener who is told
     * @return this builder
     */
    public Builder<V> listener(FallbackListener listener) {
      return set(LISTENER, listener);
    }

    /**
     * Sets the source of the current time, by which the age of values is judged.
     *
     * @param clock the source
     * @return this builder
     */
    public Builder<V> clock(InstantSource clock) {
      return set(StandardOptions.CLOCK, clock);
    }

    /**
     * Makes the storage.
     *
     * @return a new storage
     * @throws InvalidOptionException if both storages are one, if there is a {@code limit} without
     *     {@code stale}, or if the storage behind has a fallback already
     */
    public FallbackStorage<V> build() {
      return open(behind, second, new ArrayList<>(PolicyStore.owned(behind, isOwned())), options());
    }
  }
}
