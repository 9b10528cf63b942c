package io.jstorage.memory;

import io.jstorage.Capability;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.spi.ForwardingStorage;
import io.jstorage.spi.StandardOptions;
import java.time.Duration;
import java.time.InstantSource;
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
 *   <li>Over one with neither, it cannot be made.
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
public abstract class VolatileStorage<V> extends ForwardingStorage<V> {
  /** {@code expiration}: how long entries live; one hour by default. */
  public static final Option<Duration> EXPIRATION =
      StandardOptions.EXPIRATION.withDefault(Duration.ofHours(1));

  /**
   * {@code storage}: the storage behind; a {@link Storage}, which is borrowed and must hold values
   * of the same type, or a service name or URL, which is opened and closed with this one. By
   * default a map in memory of its own.
   */
  public static final Option<Object> STORAGE =
      Option.object("storage", Object.class)
          .describedAs("The storage whose entries expire; by default a map in memory of its own.")
          .where(
              given -> given instanceof Storage || given instanceof String,
              "a Storage, a service name or a URL");

  /** {@code sweep}: how often expired entries are removed; never by default. */
  public static final Option<Duration> SWEEP =
      Option.duration("sweep")
          .describedAs("How often a thread removes expired entries; by default there is none.");

  private final Duration expiration;
  private volatile @Nullable Sweeper sweeper;

  VolatileStorage(Storage<V> storage, Builder<V> builder) {
    super(storage, builder.owned);
    this.expiration = builder.expiration;
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
   * default entries live for an hour, the clock is the system's, and there is no sweep: entries
   * that nobody asks for stay in memory until {@code purgeExpired}.
   *
   * @param <V> the type of the values
   * @return the builder
   */
  public static <V> Builder<V> builder() {
    return new Builder<>(null);
  }

  final Duration expiration() {
    return expiration;
  }

  @Override
  public String toString() {
    return "%s, where entries live for %s".formatted(delegate(), expiration);
  }

  /** Purges without asking whether this is open: what closes it stops the sweep first. */
  final void sweep() {
    doPurgeExpired();
  }

  @Override
  protected void doClose() {
    Sweeper running = sweeper;
    if (running != null) {
      running.stop();
    }
    super.doClose();
  }

  /**
   * Settings of a storage. Not thread-safe.
   *
   * @param <V> the type of the values
   */
  public static final class Builder<V> {
    private final @Nullable Storage<V> given;
    private boolean owned;
    private Duration expiration = EXPIRATION.defaultValue().orElseThrow();
    private InstantSource clock = InstantSource.system();
    private @Nullable Duration sweep;

    private Builder(@Nullable Storage<V> given) {
      this.given = given;
      this.owned = given == null;
    }

    /**
     * Sets how long entries live after they were written.
     *
     * @param expiration the time, by default an hour
     * @return this builder
     * @throws InvalidOptionException if {@code expiration} is zero or negative
     */
    public Builder<V> expiration(Duration expiration) {
      this.expiration = EXPIRATION.parse(expiration);
      return this;
    }

    /**
     * Sets the source of the current time, by which the age of entries and the deadlines in the map
     * are judged. A storage with deadlines goes by its own clock.
     *
     * @param clock the source
     * @return this builder
     */
    public Builder<V> clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
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
      this.sweep = SWEEP.parse(interval);
      return this;
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
      Storage<V> storage = given != null ? given : LruStorage.unlimited(clock);
      VolatileStorage<V> made = make(storage);
      if (sweep != null) {
        made.sweeper = Sweeper.start(made, sweep);
      }
      return made;
    }

    private VolatileStorage<V> make(Storage<V> storage) {
      Set<Capability> able = storage.capabilities();
      if (able.contains(Capability.EXPIRY)) {
        return new VolatileByDeadline<>(storage, this);
      }
      if (!able.contains(Capability.WRITE_TIME)) {
        throw new InvalidOptionException(
            "storage.volatile cannot stand before %s: it needs EXPIRY or WRITE_TIME and has %s; take another storage, or open it with the option 'expiration' if it has one"
                .formatted(storage, able));
      }
      if (sweep != null && !able.contains(Capability.ATOMIC)) {
        throw new InvalidOptionException(
            "storage.volatile cannot sweep %s: it is not ATOMIC, so a fresh entry might go with an expired one; leave 'sweep' out"
                .formatted(storage));
      }
      return new VolatileByAge<>(storage, this, clock);
    }
  }
}
