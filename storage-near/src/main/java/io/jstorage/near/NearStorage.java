package io.jstorage.near;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.RemovalListener;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.spi.AbstractStorage;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.PolicyBuilder;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.StatisticsCounters;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Memory in front of another storage, the far one: the service {@code storage.near}. It keeps the
 * values that were read, and drops them when anybody changes them.
 *
 * <p><b>Answers from memory.</b> {@code get}, {@code require}, the loader, {@code getAll}, {@code
 * contains} and {@code asMap().get} are answered from memory where that holds the key, and
 * otherwise by the far storage. Its answer is kept, but for a {@code contains} that finds the key,
 * and for the values of a {@code getAll} from a storage with EXPIRY or WRITE_TIME, as a batch does
 * not tell deadlines. Everything else is done by the far storage: {@code entry}, whose answer is
 * kept too, all writes, conditional ones too, listings. A write keeps nothing; the next read does.
 * Values are the very objects that were read: a caller that changes one changes it for all who read
 * it near.
 *
 * <p><b>How old a near value may be.</b>
 *
 * <ul>
 *   <li>This object reads its own writes and removals at once, on any thread. No call returns an
 *       older value than one that ended before, and no removed value comes back.
 *   <li>If the far storage reports changes ({@link ChangeFeed}), a change by anybody else is seen
 *       as soon as its report arrives. If reports fail to come, the storage finds out within a time
 *       that it states; from then on nothing is kept, or for {@code staleness} if that is given,
 *       until reports come again.
 *   <li>If it does not, or with {@code watch=false}, a value is returned for {@code staleness}
 *       after it was asked for.
 * </ul>
 *
 * <p>An entry with a deadline is not returned after it, by the clock of this machine. Keys that do
 * not exist are remembered only if {@code negative} says for how long.
 *
 * <p>With {@code statistics} it counts how many reads memory answers ({@code hits}), including
 * remembered misses, and how many the far storage answers ({@code misses}); {@code entry} always
 * counts as a miss. Evictions and entries are those of the memory.
 *
 * <p>A {@code listener} is told of each value that leaves the memory, which need not leave the far
 * storage: {@code REPLACED} by a write and {@code REMOVED} by a removal of this object, {@code
 * EVICTED} to make room, {@code EXPIRED} if its deadline or {@code staleness} is over when it is
 * met, and {@code INVALIDATED} in all other cases: it was reported to have changed, reports failed
 * to come, a newer answer took its place, or a write of this object failed or changed nothing. It
 * is told by the thread of this object's next call that memory does not answer, mostly the very
 * call that removed the value, and by {@code close}; never by the one that reports changes, which
 * it would hold up.
 *
 * <p>As atomic and durable as the far storage, with its capabilities. Thread-safe; a read that is
 * answered from memory takes no lock and costs one look into a hash table. An entry takes about 80
 * bytes beyond its key and value, about 100 with a deadline or where values age.
 *
 * @param <V> the type of the values
 */
public final class NearStorage<V> extends AbstractStorage<V> {
  /**
   * {@code storage}: the far storage; a {@link Storage}, which is borrowed and must hold values of
   * the same type, or a service name or URL, which is opened and closed with this one.
   */
  public static final Option<Object> STORAGE =
      StandardOptions.storage("storage")
          .describedAs("The storage whose values are kept in memory.")
          .required();

  /** {@code limit}: the largest number of entries in memory, at least one; 10 000 by default. */
  public static final Option<Integer> LIMIT =
      Option.integer("limit")
          .describedAs("The largest number of entries that are kept in memory.")
          .where(limit -> limit >= 1, "at least 1")
          .withDefault(10_000);

  /**
   * {@code staleness}: for how long a value is returned after it was read while nobody reports
   * changes; not at all by default. Required where the storage cannot report changes.
   */
  public static final Option<Duration> STALENESS =
      Option.duration("staleness")
          .describedAs(
              "How long a value is kept while no changes are reported; by default it is not. Required where the storage cannot report changes.");

  /** {@code negative}: for how long it is remembered that a key does not exist; off by default. */
  public static final Option<Duration> NEGATIVE =
      Option.duration("negative")
          .describedAs(
              "How long it is remembered that a key does not exist; by default it is not.");

  /** {@code watch}: whether the storage is asked to report changes; true by default. */
  public static final Option<Boolean> WATCH =
      Option.flag("watch")
          .describedAs("Whether the storage is asked to report changes, if it can.")
          .withDefault(true);

  /**
   * {@code listener}: a {@link RemovalListener}, which is told what leaves the memory and why; none
   * by default.
   */
  @SuppressWarnings("rawtypes") // An option has a class.
  public static final Option<RemovalListener> LISTENER =
      Option.object("listener", RemovalListener.class)
          .describedAs("Is told of each value that leaves the memory, and why.");

  private final NearCache<V> near;

  /** Null unless somebody wants to know. */
  private final @Nullable StatisticsCounters counts;

  private NearStorage(NearStore<V> store, NearCache<V> near, List<AutoCloseable> owned) {
    super(store, owned);
    this.near = near;
    this.counts = near.counts();
    // Known from now on, so that no write has to ask.
    capabilities();
  }

  /**
   * Makes a storage in front of another one that can report changes, which stays the caller's to
   * close.
   *
   * @param far the other storage
   * @param limit how many entries may be in memory
   * @param <V> the type of the values
   * @return the storage
   * @throws InvalidOptionException if {@code limit} is less than 1, or the other storage cannot
   *     report changes
   * @throws StorageException if the other storage cannot report changes now
   */
  public static <V> NearStorage<V> over(Storage<V> far, int limit) {
    return builder(far).limit(limit).build();
  }

  /**
   * Begins a storage in front of another one. By default up to 10 000 entries are kept in memory,
   * none while changes are not reported, and none for keys that do not exist; the clock is the
   * system's; and the other storage stays the caller's to close.
   *
   * @param far the other storage
   * @param <V> the type of the values
   * @return the builder
   */
  public static <V> Builder<V> builder(Storage<V> far) {
    return new Builder<>(Objects.requireNonNull(far, "far"));
  }

  /**
   * Makes a storage by options.
   *
   * @param far the other storage
   * @param owned whether the other storage is closed with this one
   * @param options those of {@link #options()} but {@link #STORAGE}
   * @param <V> the type of the values
   * @return the storage
   * @throws InvalidOptionException if an option has a wrong value, or as {@link Builder#build} does
   * @throws StorageException as {@link Builder#build} does
   */
  @SuppressWarnings("unchecked") // An option says nothing of types; its documentation does.
  public static <V> NearStorage<V> open(Storage<V> far, boolean owned, StorageOptions options) {
    Duration staleness = options.find(STALENESS).orElse(null);
    NearCache<V> near =
        new NearCache<>(
            options.get(LIMIT),
            nanos(staleness),
            nanos(options.find(NEGATIVE).orElse(null)),
            options.get(StandardOptions.CLOCK),
            options.get(StandardOptions.STATISTICS) ? new StatisticsCounters() : null,
            (RemovalListener<V>) options.find(LISTENER).orElse(null));
    NearStore<V> store;
    try {
      store = new NearStore<>(far, near);
    } catch (IOException e) {
      throw new StorageUnavailableException(
          "cannot open storage.near in front of " + far, e, false);
    }
    ChangeFeed feed = options.get(WATCH) ? far.unwrap(ChangeFeed.class).orElse(null) : null;
    if (feed == null && staleness == null) {
      throw new InvalidOptionException(
          "storage.near in front of %s needs the option 'staleness', as %s: say how old a value may be that is read near"
              .formatted(
                  far,
                  options.get(WATCH)
                      ? "that storage does not report changes"
                      : "'watch' is off and changes are not reported"));
    }
    List<AutoCloseable> closing = new ArrayList<>();
    closing.add(near::close);
    if (feed != null) {
      closing.add(watch(feed, near, far));
      near.watched();
    }
    closing.addAll(PolicyStore.owned(far, owned));
    return new NearStorage<>(store, near, closing);
  }

  private static Closeable watch(ChangeFeed feed, NearCache<?> near, Storage<?> far) {
    try {
      return feed.watch(near);
    } catch (IOException e) {
      throw new StorageUnavailableException(
          "cannot open storage.near in front of %s: it does not report changes now: %s. With the options 'watch=false' and 'staleness' it need not"
              .formatted(far, e.getMessage()),
          e,
          false);
    }
  }

  private static long nanos(@Nullable Duration duration) {
    try {
      return duration == null ? 0 : duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE / 2;
    }
  }

  /**
   * Returns the options of a storage.
   *
   * @return an unmodifiable set
   */
  public static Set<Option<?>> options() {
    return Set.of(
        STORAGE,
        LIMIT,
        STALENESS,
        NEGATIVE,
        WATCH,
        LISTENER,
        StandardOptions.STATISTICS,
        StandardOptions.CLOCK);
  }

  /** A key that is found is valid, and an open storage: only a miss needs the checks. */
  @Override
  protected @Nullable V lookup(String key) {
    NearEntry<V> known = near.find(Objects.requireNonNull(key, "key"));
    if (known != null && known.value != null) {
      known.use();
      if (counts != null) {
        counts.addHits(1);
      }
      return known.value;
    }
    return super.lookup(key);
  }

  /** The near cache, for tests. */
  NearCache<V> near() {
    return near;
  }

  /**
   * Collects the options of a storage. Not thread-safe.
   *
   * @param <V> the type of the values
   */
  public static final class Builder<V> extends PolicyBuilder<Builder<V>> {
    private final Storage<V> far;

    private Builder(Storage<V> far) {
      this.far = far;
    }

    /**
     * Sets how many entries may be in memory; 10 000 by default.
     *
     * @param limit how many, at least 1
     * @return this builder
     * @throws InvalidOptionException if it is less
     */
    public Builder<V> limit(int limit) {
      return set(LIMIT, limit);
    }

    /**
     * Sets for how long a value is returned after it was read while nobody reports changes.
     *
     * @param staleness how long, longer than zero; without it, such a value is not kept
     * @return this builder
     * @throws InvalidOptionException if {@code staleness} is zero or negative
     */
    public Builder<V> staleness(Duration staleness) {
      return set(STALENESS, staleness);
    }

    /**
     * Remembers for some time that a key does not exist.
     *
     * @param negative how long, longer than zero; but never longer than {@code staleness} while
     *     nobody reports changes
     * @return this builder
     * @throws InvalidOptionException if {@code negative} is zero or negative
     */
    public Builder<V> negative(Duration negative) {
      return set(NEGATIVE, negative);
    }

    /**
     * Sets whether the other storage is asked to report changes, if it can; by default it is.
     *
     * @param watch false to rely on {@code staleness} alone
     * @return this builder
     */
    public Builder<V> watch(boolean watch) {
      return set(WATCH, watch);
    }

    /**
     * Counts {@link io.jstorage.Statistics} of the memory, which {@code unwrap(Statistics.class)}
     * returns: a hit is a read that memory answers, also with the knowledge that there is nothing,
     * and a miss one that the other storage answers. Evictions and entries are those of the memory.
     *
     * @return this builder
     */
    public Builder<V> statistics() {
      return set(StandardOptions.STATISTICS, true);
    }

    /**
     * Tells a listener of each value that leaves the memory, and why.
     *
     * @param listener the listener
     * @return this builder
     */
    public Builder<V> listener(RemovalListener<? super V> listener) {
      return set(LISTENER, listener);
    }

    /**
     * Sets the source of the current time, by which the deadlines of entries are judged.
     *
     * @param clock the source, asked only for entries that have a deadline
     * @return this builder
     */
    public Builder<V> clock(InstantSource clock) {
      return set(StandardOptions.CLOCK, clock);
    }

    /**
     * Makes the storage.
     *
     * @return a new storage
     * @throws InvalidOptionException if there is no {@code staleness} and the other storage cannot
     *     report changes, or is not asked to
     * @throws StorageException if the other storage cannot report changes now, or does not say what
     *     it is capable of
     */
    public NearStorage<V> build() {
      return open(far, isOwned(), options());
    }
  }
}
