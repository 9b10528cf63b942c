package io.jstorage.memory;

import io.jstorage.Capability;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.RemovalListener;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.spi.AbstractStorage;
import io.jstorage.spi.PolicyBuilder;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.StandardOptions;
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
 *   <li>Over one with {@link Capability#EXPIRY}, it gives its own expiration to every write without
 *       a time to live. The other storage and its clock do the rest. Writes through the other
 *       storage itself follow its own rules.
 *   <li>Over one that only keeps {@link Capability#WRITE_TIME}, it checks the age of each entry, no
 *       matter which program wrote it. There is one expiration for all, and no times to live of
 *       single entries. Every access reads the entry, {@code contains} too. An access removes an
 *       expired entry, provided that the other storage is {@link Capability#ATOMIC} and can
 *       distinguish it from a fresh one. Otherwise the entry stays until it is overwritten, removed
 *       from the other storage, or cleared, and {@code purgeExpired} is not supported.
 *   <li>Over one with neither, it cannot be made; nor over {@code storage.fallback} and {@code
 *       storage.refresh}, which belong in front of all others.
 * </ul>
 *
 * <p>An entry past its deadline is never returned and never makes a conditional write fail, and
 * removing it never removes a value that was written concurrently. {@code keys} and {@code size}
 * may include expired entries that have not been accessed. A deadline that the clock cannot express
 * becomes the latest that it can. If the clock is set back, entries live longer by as much.
 *
 * <p>As atomic, durable and thread-safe as the other storage. An opt-in {@link Builder#sweep sweep}
 * removes expired entries from time to time; without it there is no thread.
 *
 * @param <V> the type of the values
 */
public final class VolatileStorage<V> extends AbstractStorage<V> {
  static final String NAME = "storage.volatile";

  /**
   * Policies that must not be behind: values that they serve instead of the storage may have
   * expired, their loaders would not run, and they have times to live of their own.
   */
  static final String[] REFUSED = {"storage.fallback", "storage.refresh", "remembered misses"};

  /** {@code expiration}: how long entries live; one hour by default. */
  public static final Option<Duration> EXPIRATION =
      StandardOptions.EXPIRATION.withDefault(Duration.ofHours(1));

  /**
   * {@code storage}: the other storage; a {@link Storage}, which is borrowed and must hold values
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

  /** {@code listener}: is told what leaves the map in memory, and why. */
  @SuppressWarnings("rawtypes") // An option has a class.
  public static final Option<RemovalListener> LISTENER = LruStorage.LISTENER;

  /** The map in memory, if there is no other storage behind. */
  private final @Nullable LruTable<V> table;

  private VolatileStorage(Store<V> store, List<AutoCloseable> owned, @Nullable LruTable<V> table) {
    super(store, owned);
    this.table = table;
    if (table != null) {
      // Known from now on, so that no write has to ask.
      capabilities();
    }
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
    LruTable<V> table = null;
    Store<V> store;
    if (storage == null) {
      String name = name("a map in memory", expiration);
      table = LruStorage.table(Integer.MAX_VALUE, name, options, null);
      store = new LruStore<>(table, expiration, name);
      closing.add(table::close);
    } else {
      if (options.get(StandardOptions.STATISTICS) || options.find(LISTENER).isPresent()) {
        throw new InvalidOptionException(
            "storage.volatile counts and tells of entries in its own map only, and does not see what leaves %s: give 'statistics' and 'listener' to that storage if it takes them, or observe this one"
                .formatted(storage));
      }
      store = over(storage, expiration, clock, sweep != null);
      closing.addAll(PolicyStore.owned(storage, owned));
    }
    if (sweep != null) {
      Sweeper sweeper = Sweeper.start(store, sweep);
      closing.add(0, sweeper::stop);
    }
    return new VolatileStorage<>(store, closing, table);
  }

  private static <V> Store<V> over(
      Storage<V> storage, Duration expiration, InstantSource clock, boolean swept) {
    Set<Capability> able = storage.capabilities();
    if (able.contains(Capability.EXPIRY)) {
      return new VolatileByDeadline<>(storage, expiration);
    }
    if (!able.contains(Capability.WRITE_TIME)) {
      throw new InvalidOptionException(
          "storage.volatile cannot stand in front of %s: it needs EXPIRY or WRITE_TIME and has %s; take another storage, or open it with the option 'expiration' if it has one"
              .formatted(storage, able));
    }
    if (swept && !able.contains(Capability.ATOMIC)) {
      throw new InvalidOptionException(
          "storage.volatile cannot sweep %s: it is not ATOMIC, so it might remove a fresh entry with an expired one; leave 'sweep' out"
              .formatted(storage));
    }
    return new VolatileByAge<>(storage, expiration, clock);
  }

  /**
   * A key that is found in the map is valid, and an open storage: only a miss needs the checks. No
   * entry is evicted, so that a use is noted only where it is counted.
   */
  @Override
  protected @Nullable V lookup(String key) {
    if (table == null) {
      return super.lookup(key);
    }
    Objects.requireNonNull(key, "key");
    V value = table.counts() == null ? valueOf(table.peek(key)) : table.get(key);
    if (value == null) {
      checkKey(key);
      table.countMiss();
    }
    return value;
  }

  private static <V> @Nullable V valueOf(@Nullable Node<V> node) {
    return node == null ? null : node.value;
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
    return Set.of(
        EXPIRATION, STORAGE, SWEEP, StandardOptions.STATISTICS, LISTENER, StandardOptions.CLOCK);
  }

  /**
   * Collects the options of a storage. Not thread-safe.
   *
   * @param <V> the type of the values
   */
  public static final class Builder<V> extends PolicyBuilder<Builder<V>> {
    private final @Nullable Storage<V> behind;

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
     * closed or garbage-collected. A failed sweep is logged and does not end the thread.
     *
     * @param interval the time between two sweeps
     * @return this builder
     * @throws InvalidOptionException if {@code interval} is zero or negative
     */
    public Builder<V> sweep(Duration interval) {
      return set(SWEEP, interval);
    }

    /**
     * Counts {@link io.jstorage.Statistics} of the map in memory, which {@code
     * unwrap(Statistics.class)} returns.
     *
     * @return this builder
     */
    public Builder<V> statistics() {
      return set(StandardOptions.STATISTICS, true);
    }

    /**
     * Tells a listener of each value that leaves the map in memory, and why.
     *
     * @param listener the listener
     * @return this builder
     */
    public Builder<V> listener(RemovalListener<? super V> listener) {
      return set(LISTENER, listener);
    }

    /**
     * Makes the storage.
     *
     * @return a new storage
     * @throws InvalidOptionException if the other storage keeps neither deadlines nor write times,
     *     or if a sweep is requested and it cannot distinguish expired entries from fresh ones
     * @throws io.jstorage.StorageException if finding out takes an access to the other storage, and
     *     that failed
     */
    public VolatileStorage<V> build() {
      return open(behind, isOwned(), options());
    }
  }
}
