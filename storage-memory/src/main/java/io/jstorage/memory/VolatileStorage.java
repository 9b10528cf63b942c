package io.jstorage.memory;

import io.jstorage.Capability;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.spi.AbstractStorage;
import io.jstorage.spi.OptionsBuilder;
import io.jstorage.spi.PolicyStack;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.Storages;
import io.jstorage.spi.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A storage in front of another one, whose entries expire: the service {@code storage.volatile}.
 *
 * <p>How it does that depends on what the other storage can do:
 *
 * <ul>
 *   <li>Over one with {@link Capability#EXPIRY}, it gives every write that comes without a time to
 *       live its own expiration, and leaves the rest to the other storage and its clock. Writes
 *       through the other storage itself live as long as that says.
 *   <li>Over one that only keeps {@link Capability#WRITE_TIME}, it looks at the age of each entry,
 *       whoever wrote it. There is one expiration for all, and no times to live of single entries.
 *       Every access reads the entry, {@code contains} too. An expired entry is removed when it is
 *       come across, provided that the other storage is {@link Capability#ATOMIC} and can tell it
 *       from a fresh one; otherwise it stays until it is overwritten, removed below, or cleared,
 *       and {@code purgeExpired} is not supported.
 *   <li>Over one with neither, it cannot be made; nor before {@code storage.fallback} and {@code
 *       storage.refresh}, which stand in front of all others.
 * </ul>
 *
 * <p>An entry past its deadline is never returned and never in the way, and removing it never
 * removes a value written meanwhile. {@code keys} and {@code size} may include expired entries that
 * nobody has come across. A deadline beyond what the clock can express is the latest that it can.
 * If the clock is set back, entries live longer by as much.
 *
 * <p>As atomic, durable and thread-safe as the other storage. An opt-in {@link Builder#sweep sweep}
 * removes expired entries from time to time; without it there is no thread.
 *
 * @param <V> the type of the values
 */
public final class VolatileStorage<V> extends AbstractStorage<V> {
  /** {@code expiration}: how long entries live; one hour by default. */
  public static final Option<Duration> EXPIRATION =
      StandardOptions.EXPIRATION.withDefault(Duration.ofHours(1));

  /**
   * {@code storage}: the storage behind; a {@link Storage}, which is borrowed and must hold values
   * of the same type, or a service name or URL, which is opened and closed with this one. By
   * default a map in memory of its own.
   */
  public static final Option<Object> STORAGE =
      StandardOptions.storage("storage")
          .describedAs("The storage whose entries expire; by default a map in memory of its own.");

  /** {@code sweep}: how often expired entries are removed; never by default. */
  public static final Option<Duration> SWEEP =
      Option.duration("sweep")
          .describedAs("How often a thread removes expired entries; by default there is none.");

  private VolatileStorage(Store<V> store, List<AutoCloseable> owned) {
    super(store, owned);
  }

  /**
   * Makes a storage in front of another one, which stays the caller's to close.
   *
   * @param storage the other storage
   * @param expiration how long entries live
   * @param <V> the type of the values
   * @return the storage
   * @throws InvalidOptionException if {@code expiration} is zero or negative, or if the other
   *     storage keeps neither deadlines nor write times
   */
  public static <V> VolatileStorage<V> over(Storage<V> storage, Duration expiration) {
    return builder(storage).expiration(expiration).build();
  }

  /**
   * Begins a storage in front of another one. By default entries live for an hour, the clock is the
   * system's, there is no sweep, and the other storage stays the caller's to close.
   *
   * @param storage the other storage
   * @param <V> the type of the values
   * @return the builder
   */
  public static <V> Builder<V> builder(Storage<V> storage) {
    return new Builder<>(Objects.requireNonNull(storage, "storage"));
  }

  /**
   * Begins a storage in front of an unlimited map in memory, which no other storage shares. By
   * default entries live for an hour, the clock is the system's, and there is no sweep: each write
   * removes a few expired entries.
   *
   * @param <V> the type of the values
   * @return the builder
   */
  public static <V> Builder<V> builder() {
    return new Builder<>(null);
  }

  /**
   * Makes a storage by options.
   *
   * @param storage the storage behind, which stays the caller's to close; null for a map in memory
   * @param owned whether the storage behind is closed with this one instead
   * @param options those of {@link #options()} but {@link #STORAGE}
   * @param <V> the type of the values
   * @return the storage
   * @throws InvalidOptionException if an option has a wrong value, or as {@link Builder#build} does
   */
  public static <V> VolatileStorage<V> open(
      @Nullable Storage<V> storage, boolean owned, StorageOptions options) {
    Duration expiration = options.get(EXPIRATION);
    InstantSource clock = options.get(StandardOptions.CLOCK);
    Duration sweep = options.find(SWEEP).orElse(null);
    List<AutoCloseable> closing = new ArrayList<>();
    Store<V> store;
    if (storage == null) {
      String name = name("a map in memory", expiration);
      LruTable<V> table = new LruTable<>(Integer.MAX_VALUE, clock, name);
      store = new LruStore<>(table, expiration, name);
      closing.add(table::close);
    } else {
      // What they serve instead of the storage may have expired, and their loaders would not run.
      PolicyStack.before("storage.volatile", storage, "storage.fallback", "storage.refresh");
      store = over(storage, expiration, clock, sweep != null);
      if (owned) {
        closing.add(storage);
      }
    }
    if (sweep != null) {
      Sweeper sweeper = Sweeper.start(store, sweep);
      closing.add(0, sweeper::stop);
    }
    return new VolatileStorage<>(store, closing);
  }

  private static <V> Store<V> over(
      Storage<V> storage, Duration expiration, InstantSource clock, boolean swept) {
    Set<Capability> able = storage.capabilities();
    if (able.contains(Capability.EXPIRY)) {
      return new VolatileByDeadline<>(Storages.asStore(storage), expiration);
    }
    if (!able.contains(Capability.WRITE_TIME)) {
      throw new InvalidOptionException(
          "storage.volatile cannot stand before %s: it needs EXPIRY or WRITE_TIME and has %s; take another storage, or open it with the option 'expiration' if it has one"
              .formatted(storage, able));
    }
    if (swept && !able.contains(Capability.ATOMIC)) {
      throw new InvalidOptionException(
          "storage.volatile cannot sweep %s: it is not ATOMIC, so a fresh entry might go with an expired one; leave 'sweep' out"
              .formatted(storage));
    }
    return new VolatileByAge<>(Storages.asStore(storage), expiration, clock);
  }

  static String name(String behind, Duration expiration) {
    return "%s, where entries live for %s".formatted(behind, expiration);
  }

  /**
   * Returns the options of a storage.
   *
   * @return an unmodifiable set
   */
  public static Set<Option<?>> options() {
    return Set.of(EXPIRATION, STORAGE, SWEEP, StandardOptions.CLOCK);
  }

  /**
   * Collects the options of a storage. Not thread-safe.
   *
   * @param <V> the type of the values
   */
  public static final class Builder<V> extends OptionsBuilder<Builder<V>> {
    private final @Nullable Storage<V> behind;
    private boolean owned;

    private Builder(@Nullable Storage<V> behind) {
      this.behind = behind;
    }

    /**
     * Sets how long entries live after they were written.
     *
     * @param expiration the time, by default an hour
     * @return this builder
     * @throws InvalidOptionException if {@code expiration} is zero or negative
     */
    public Builder<V> expiration(Duration expiration) {
      return set(EXPIRATION, expiration);
    }

    /**
     * Sets the source of the current time, by which the age of entries and the deadlines in the map
     * are judged. A storage with deadlines goes by its own clock.
     *
     * @param clock the source
     * @return this builder
     */
    public Builder<V> clock(InstantSource clock) {
      return set(StandardOptions.CLOCK, clock);
    }

    /**
     * Removes expired entries from time to time, on a daemon thread that ends when the storage is
     * closed, or given up without being closed. A sweep that fails is logged and does not end it.
     *
     * @param interval the time between two sweeps
     * @return this builder
     * @throws InvalidOptionException if {@code interval} is zero or negative
     */
    public Builder<V> sweep(Duration interval) {
      return set(SWEEP, interval);
    }

    /**
     * Hands the other storage over: it is closed with the one that is made.
     *
     * @return this builder
     */
    public Builder<V> owned() {
      this.owned = true;
      return this;
    }

    /**
     * Makes the storage.
     *
     * @return a new storage
     * @throws InvalidOptionException if the other storage keeps neither deadlines nor write times,
     *     or if there is to be a sweep and it cannot tell expired entries from fresh ones
     * @throws io.jstorage.StorageException if finding out takes an access to the other storage, and
     *     that failed
     */
    public VolatileStorage<V> build() {
      return open(behind, owned, options());
    }
  }
}
