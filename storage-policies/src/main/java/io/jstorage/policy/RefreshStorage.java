package io.jstorage.policy;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.InvalidOptionException;
import io.jstorage.Loader;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.Version;
import io.jstorage.spi.AbstractStorage;
import io.jstorage.spi.Access;
import io.jstorage.spi.Condition;
import io.jstorage.spi.PolicyBuilder;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A storage in front of another one, where {@code get(key, loader)} loads an entry anew, in the
 * background, before it is gone: the service {@code storage.refresh}.
 *
 * <p>When an entry is due is said by one of these, or by both:
 *
 * <ul>
 *   <li>{@code ahead}: so long before its deadline, over a storage with {@link Capability#EXPIRY};
 *   <li>{@code after}: so long after it was written, over one with {@link Capability#WRITE_TIME}.
 * </ul>
 *
 * <p>{@code get(key, loader)} returns the value of a due entry at once and starts a reload by the
 * loader that it was given. The {@code max-age=300, stale-while-revalidate=3600} of HTTP is an
 * expiration of 3900 seconds behind, and {@code ahead} of 3600. No entry is returned after its
 * deadline: then it is loaded while the caller waits, as in any storage. All other methods do what
 * those of the storage behind do, and start no reload.
 *
 * <p>At most one load or reload of a key runs at a time among the callers of this object, and a
 * reload begins no sooner than a second after the last one. A put, remove or clear through this
 * object that overlaps a reload keeps its value from being stored; so does any change by others if
 * the storage behind is {@link Capability#ATOMIC}, except a removal whose old deadline passes
 * during the reload. A reloaded value lives as long as a loaded one.
 *
 * <p>A reload that fails leaves the old value, which lives until its deadline, and is counted, told
 * to the {@link RefreshListener}, and logged by {@link System.Logger} at most once a minute.
 *
 * <p>Reloads run on the option {@code executor}, or on two daemon threads of this object, which end
 * when it is closed; of a thousand that wait for those, further ones are given up. After {@code
 * close} nothing is stored any more. {@code get(key, loader)} reads the entry with its times, which
 * costs a storage on a network a little more than the value.
 *
 * <p>This stands in front of {@code storage.volatile}, and behind nothing but {@code
 * storage.fallback}: the loader would not come through.
 *
 * @param <V> the type of the values
 */
public final class RefreshStorage<V> extends AbstractStorage<V> {
  static final String NAME = "storage.refresh";

  /**
   * {@code storage}: the storage behind; a {@link Storage}, which is borrowed and must hold values
   * of the same type, or a service name or URL, which is opened and closed with this one.
   */
  public static final Option<Object> STORAGE =
      StandardOptions.storage("storage")
          .describedAs("The storage whose entries are refreshed.")
          .required();

  /** {@code ahead}: how long before its deadline an entry is loaded anew. */
  public static final Option<Duration> AHEAD =
      Option.duration("ahead")
          .describedAs(
              "How long before its deadline an entry is loaded anew; less than entries live.");

  /** {@code after}: how long after it was written an entry is loaded anew. */
  public static final Option<Duration> AFTER =
      Option.duration("after")
          .describedAs("How long after it was written an entry is loaded anew.");

  /** {@code executor}: who runs reloads; by default two daemon threads of the storage's own. */
  public static final Option<Executor> EXECUTOR =
      Option.object("executor", Executor.class)
          .describedAs("Runs reloads; by default two daemon threads of the storage's own.");

  /** {@code listener}: who is told how reloads end; nobody by default. */
  public static final Option<RefreshListener> LISTENER =
      Option.object("listener", RefreshListener.class)
          .describedAs("Is called at the end of each reload.");

  private final RefreshStore<V> store;
  private final @Nullable Duration ahead;
  private final @Nullable Duration after;
  private final InstantSource clock;
  private final Reloads reloads;

  private RefreshStorage(
      RefreshStore<V> store,
      StorageOptions options,
      InstantSource clock,
      Reloads reloads,
      List<AutoCloseable> owned) {
    super(store, owned);
    this.store = store;
    this.ahead = options.find(AHEAD).orElse(null);
    this.after = options.find(AFTER).orElse(null);
    this.clock = clock;
    this.reloads = reloads;
  }

  /**
   * Begins a storage in front of another one, which stays the caller's to close. One of {@link
   * Builder#ahead} and {@link Builder#after} has to be set.
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
   * @param owned whether the storage behind is closed with this one
   * @param options those of {@link #options()} but {@link #STORAGE}
   * @param <V> the type of the values
   * @return the storage
   * @throws InvalidOptionException if an option has a wrong value, or as {@link Builder#build} does
   */
  public static <V> RefreshStorage<V> open(
      Storage<V> storage, boolean owned, StorageOptions options) {
    RefreshStore<V> store = new RefreshStore<>(storage);
    check(storage, options);
    InstantSource clock = options.get(StandardOptions.CLOCK);
    List<AutoCloseable> closing = new ArrayList<>();
    Executor executor = options.find(EXECUTOR).orElse(null);
    if (executor == null) {
      RefreshThreads threads = new RefreshThreads();
      closing.add(threads);
      executor = threads;
    }
    Reloads reloads =
        new Reloads(store.toString(), executor, clock, options.find(LISTENER).orElse(null));
    closing.add(0, reloads::close);
    closing.addAll(PolicyStore.owned(storage, owned));
    return new RefreshStorage<>(store, options, clock, reloads, closing);
  }

  private static void check(Storage<?> storage, StorageOptions options) {
    if (!options.has(AHEAD) && !options.has(AFTER)) {
      throw new InvalidOptionException(
          "storage.refresh needs 'ahead', the time before the deadline of an entry, or 'after', the time since it was written");
    }
    Set<Capability> able = storage.capabilities();
    if (options.has(AHEAD) && !able.contains(Capability.EXPIRY)) {
      throw new InvalidOptionException(
          "storage.refresh needs EXPIRY for the option 'ahead', and %s has %s; use 'after' over WRITE_TIME, or open the storage with the option 'expiration' if it has one"
              .formatted(storage, able));
    }
    if (options.has(AFTER) && !able.contains(Capability.WRITE_TIME)) {
      throw new InvalidOptionException(
          "storage.refresh needs WRITE_TIME for the option 'after', and %s has %s; use 'ahead' over EXPIRY"
              .formatted(storage, able));
    }
  }

  /**
   * Counts the reloads that ended well.
   *
   * @return how many there were since this object was made
   */
  public long reloads() {
    return reloads.succeeded();
  }

  /**
   * Counts the reloads that failed.
   *
   * @return how many there were since this object was made
   */
  public long failedReloads() {
    return reloads.failures();
  }

  @Override
  protected @Nullable V lookup(String key, Loader<? extends V, ?> loader, Access access) {
    checkKey(key);
    Entry<V> entry;
    try {
      entry = store.readEntry(key, access);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A storage throws none.
    }
    if (entry == null) {
      return null;
    }
    if (isDue(entry)) {
      reloads.start(key, () -> reload(key, entry, loader));
    }
    return entry.value();
  }

  private boolean isDue(Entry<V> entry) {
    Instant now = clock.instant();
    Instant deadline = entry.expiresAt().orElse(null);
    if (ahead != null && deadline != null && TimeComparisons.isWithin(ahead, deadline, now)) {
      return true;
    }
    Instant written = entry.writtenAt().orElse(null);
    return after != null && written != null && TimeComparisons.hasPassed(written, after, now);
  }

  private boolean reload(String key, Entry<V> old, Loader<? extends V, ?> loader) throws Exception {
    AtomicBoolean stored = new AtomicBoolean();
    reload(
        key,
        loader,
        value -> {
          checkKey(key); // It may have been closed meanwhile.
          stored.set(store(key, old, value));
          return value;
        });
    return stored.get();
  }

  /** Stores in place of the old entry alone, or where that has expired during the reload. */
  private boolean store(String key, Entry<V> old, V value) {
    Version version = old.version().orElse(null);
    try {
      if (version == null || !capabilities().contains(Capability.ATOMIC)) {
        return store.write(key, value, WriteOptions.NONE);
      }
      Instant deadline = old.expiresAt().orElse(null);
      return store.write(key, value, WriteOptions.NONE.onlyIf(Condition.version(version)))
          || (deadline != null
              && !clock.instant().isBefore(deadline)
              && store.write(key, value, WriteOptions.IF_ABSENT));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A storage throws none.
    }
  }

  /**
   * Returns the options of a storage.
   *
   * @return an unmodifiable set
   */
  public static Set<Option<?>> options() {
    return Set.of(STORAGE, AHEAD, AFTER, EXECUTOR, LISTENER, StandardOptions.CLOCK);
  }

  /**
   * Collects the options of a storage. Not thread-safe.
   *
   * @param <V> the type of the values
   */
  public static final class Builder<V> extends PolicyBuilder<Builder<V>> {
    private final Storage<V> behind;

    private Builder(Storage<V> behind) {
      this.behind = behind;
    }

    /**
     * Sets how long before its deadline an entry is loaded anew.
     *
     * @param time the time, less than entries live
     * @return this builder
     * @throws InvalidOptionException if {@code time} is zero or negative
     */
    public Builder<V> ahead(Duration time) {
      return set(AHEAD, time);
    }

    /**
     * Sets how long after it was written an entry is loaded anew.
     *
     * @param time the time
     * @return this builder
     * @throws InvalidOptionException if {@code time} is zero or negative
     */
    public Builder<V> after(Duration time) {
      return set(AFTER, time);
    }

    /**
     * Sets who runs reloads; it stays the caller's to shut down.
     *
     * @param executor the executor
     * @return this builder
     */
    public Builder<V> executor(Executor executor) {
      return set(EXECUTOR, executor);
    }

    /**
     * Tells somebody how reloads end.
     *
     * @param listener who is told
     * @return this builder
     */
    public Builder<V> listener(RefreshListener listener) {
      return set(LISTENER, listener);
    }

    /**
     * Sets the source of the current time, by which entries become due. It should be that of the
     * storage behind.
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
     * @throws InvalidOptionException if neither {@code ahead} nor {@code after} is set, if the
     *     other storage does not keep the times that they need, or if it is, or has behind it, a
     *     fallback, another refresh or a read-only storage
     * @throws io.jstorage.StorageException if finding out takes an access to the other storage, and
     *     that failed
     */
    public RefreshStorage<V> build() {
      return open(behind, isOwned(), options());
    }
  }
}
