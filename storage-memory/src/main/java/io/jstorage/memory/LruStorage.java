package io.jstorage.memory;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.RemovalListener;
import io.jstorage.StorageOptions;
import io.jstorage.spi.AbstractStorage;
import io.jstorage.spi.OptionsBuilder;
import io.jstorage.spi.StandardOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A limited number of objects in memory, of which the least recently used is evicted: the service
 * {@code storage.lru}.
 *
 * <p><b>Values.</b> It holds the very objects that are put in, not copies: a change to one shows to
 * every caller. An entry takes 65 to 80 bytes beyond key and value, 24 more if it has a deadline,
 * 36 if deadlines come in no order, and 8 more if it is weighed. A storage of up to 16 384 entries
 * takes up to 1.1 MB more once several processors have read from it at full speed.
 *
 * <p><b>Eviction.</b> When a key is added to a full storage, the least recently used entry is
 * evicted. The order is exact for every history of operations that follow each other, on any number
 * of threads; while several processors read at full speed, as exact as {@link System#nanoTime()},
 * which on Linux never goes back between threads. {@code get}, {@code require}, the loader, {@code
 * entry}, {@code getAll}, {@code asMap().get} and every successful write count as accesses; {@code
 * contains}, iteration and failed conditional writes do not. Expired entries are evicted before any
 * live one. Overwriting an entry evicts nothing. There are never more entries than the limit.
 *
 * <p><b>Weight.</b> Instead of a limit of entries, or besides it, there may be one of their {@link
 * #WEIGHT weight}. Then an entry may evict several others, in the same order, as many as it takes
 * until it fits; overwriting an entry by a heavier one may, too. An entry that is heavier than the
 * whole limit is evicted at once: the write succeeds, an older value of its key is gone, and all
 * other entries stay. A loader that computes such a value returns it to its callers each time.
 *
 * <p><b>Expiry.</b> Deadlines are kept to the nanosecond, until the year 2262. Access to an expired
 * entry removes it, unless a writer is in progress. {@code keys} and {@code size} include expired
 * entries that have not been accessed.
 *
 * <p><b>Threads and cost.</b> Reads take no lock; writes take turns. A read is O(1), {@code size}
 * too. A write is O(1) or, with deadlines or after accesses, O(log n), amortised. Two kinds of
 * writes take longer. The first write to a full storage after accesses to all its n entries sorts
 * them, O(n log n). The table of a storage with a large limit grows with its entries, and a write
 * that doubles it copies them, O(n). Keys made to collide cost one such copy, and then nothing.
 *
 * <p>Versions count the operations of this storage and have no meaning for another object. {@link
 * #close()} removes all entries.
 *
 * @param <V> the type of the values
 */
public final class LruStorage<V> extends AbstractStorage<V> {
  /** {@code limit}: the largest number of entries, at least one; 10 000 by default. */
  public static final Option<Integer> LIMIT =
      Option.integer("limit")
          .describedAs(
              "The largest number of entries; beyond it the least recently used is evicted.")
          .where(limit -> limit >= 1, "at least 1")
          .withDefault(10_000);

  /**
   * {@code weight}: the largest sum of the weights of all entries, at least one; none by default.
   * {@link #LIMIT} has no default beside it.
   */
  public static final Option<Long> WEIGHT =
      Option.number("weight")
          .describedAs(
              "The largest weight of all entries together: of bytes, unless there is a 'weigher'. With it, 'limit' has no default.")
          .where(weight -> weight >= 1, "at least 1");

  /**
   * {@code weigher}: a {@link Weigher}, which says how heavy an entry is; {@link Weigher#bytes} by
   * default, which can weigh a {@code byte[]} and a {@code String}.
   */
  @SuppressWarnings("rawtypes") // An option has a class.
  public static final Option<Weigher> WEIGHER =
      Option.object("weigher", Weigher.class)
          .describedAs(
              "Says how heavy an entry is; by default its bytes, if values are byte[] or String.");

  /** {@code listener}: a {@link RemovalListener}, which is told what leaves the storage and why. */
  @SuppressWarnings("rawtypes") // An option has a class.
  public static final Option<RemovalListener> LISTENER =
      Option.object("listener", RemovalListener.class)
          .describedAs("Is told of each value that leaves the storage, and why.");

  private final LruTable<V> table;

  private LruStorage(LruTable<V> table, @Nullable Duration expiration, String name) {
    super(new LruStore<>(table, expiration, name), List.of(table::close));
    this.table = table;
    // Known from now on, so that no write has to ask.
    capabilities();
  }

  /**
   * Makes a storage whose entries do not expire unless they are put with a time to live.
   *
   * @param limit how many entries there may be
   * @param <V> the type of the values
   * @return the storage
   * @throws io.jstorage.InvalidOptionException if {@code limit} is less than 1
   */
  public static <V> LruStorage<V> ofLimit(int limit) {
    return builder(limit).build();
  }

  /**
   * Makes a storage of any number of entries, which do not expire unless they are put with a time
   * to live.
   *
   * @param weight how heavy all entries may be together
   * @param weigher says how heavy each of them is
   * @param <V> the type of the values
   * @return the storage
   * @throws io.jstorage.InvalidOptionException if {@code weight} is less than 1
   */
  public static <V> LruStorage<V> ofWeight(long weight, Weigher<? super V> weigher) {
    return new Builder().weight(weight, weigher).build();
  }

  /**
   * Begins a storage. By default its entries do not expire unless they are put with a time to live,
   * and the clock is the system's.
   *
   * @param limit how many entries there may be
   * @return the builder
   * @throws io.jstorage.InvalidOptionException if {@code limit} is less than 1
   */
  public static Builder builder(int limit) {
    return new Builder(limit);
  }

  /**
   * Makes a storage by options.
   *
   * @param options those of {@link #options()}
   * @param <V> the type of the values
   * @return the storage
   * @throws io.jstorage.InvalidOptionException if an option has a wrong value
   */
  public static <V> LruStorage<V> open(StorageOptions options) {
    Weights<V> weights = weights(options);
    boolean limited = weights == null || options.has(LIMIT);
    int limit = limited ? options.get(LIMIT) : Integer.MAX_VALUE;
    String most = limited ? String.valueOf(limit) : "";
    if (weights != null) {
      most += (limited ? " and weight " : "weight ") + options.get(WEIGHT);
    }
    String name = "an LRU of " + most + " in memory";
    return new LruStorage<>(
        table(limit, name, options, weights),
        options.find(StandardOptions.EXPIRATION).orElse(null),
        name);
  }

  @SuppressWarnings("unchecked") // An option says nothing of types; its documentation does.
  private static <V> @Nullable Weights<V> weights(StorageOptions options) {
    Long weight = options.find(WEIGHT).orElse(null);
    Weigher<? super V> weigher = (Weigher<V>) options.find(WEIGHER).orElse(null);
    if (weight == null && weigher != null) {
      throw new InvalidOptionException(
          "option 'weigher' needs the option 'weight': how heavy all entries may be together");
    }
    return weight == null
        ? null
        : new Weights<V>(weight, weigher == null ? Weigher.bytes() : weigher);
  }

  /** A table that keeps count and tells a listener as the options say. */
  @SuppressWarnings("unchecked") // An option says nothing of types; its documentation does.
  static <V> LruTable<V> table(
      int limit, String name, StorageOptions options, @Nullable Weights<V> weights) {
    return new LruTable<V>(
        limit,
        options.get(StandardOptions.CLOCK),
        name,
        (RemovalListener<V>) options.find(LISTENER).orElse(null),
        options.get(StandardOptions.STATISTICS),
        weights);
  }

  /**
   * Returns the options of a storage.
   *
   * @return an unmodifiable set
   */
  public static Set<Option<?>> options() {
    return Set.of(
        LIMIT,
        WEIGHT,
        WEIGHER,
        StandardOptions.STATISTICS,
        LISTENER,
        StandardOptions.EXPIRATION,
        StandardOptions.CLOCK);
  }

  /** Collects the options of a storage. Not thread-safe. */
  public static final class Builder extends OptionsBuilder<Builder> {
    private Builder() {}

    private Builder(int limit) {
      set(LIMIT, limit);
    }

    /**
     * Limits the weight of the entries too. A lambda names the type of the values: {@code (String
     * key, Page page) -> page.size()}.
     *
     * @param weight how heavy all entries may be together
     * @param weigher says how heavy each of them is; for values of the type that the storage has
     * @return this builder
     * @throws io.jstorage.InvalidOptionException if {@code weight} is less than 1
     */
    public Builder weight(long weight, Weigher<?> weigher) {
      return set(WEIGHT, weight).set(WEIGHER, weigher);
    }

    /**
     * Lets entries expire that are put without a time to live of their own.
     *
     * @param expiration how long they live
     * @return this builder
     * @throws io.jstorage.InvalidOptionException if {@code expiration} is zero or negative
     */
    public Builder expiration(Duration expiration) {
      return set(StandardOptions.EXPIRATION, expiration);
    }

    /**
     * Sets the source of the current time.
     *
     * @param clock the source, asked only for entries that have a deadline
     * @return this builder
     */
    public Builder clock(InstantSource clock) {
      return set(StandardOptions.CLOCK, clock);
    }

    /**
     * Counts {@link io.jstorage.Statistics}, which {@code unwrap(Statistics.class)} returns. A hit
     * costs nothing more, a miss one addition; so does a hit while several processors read at full
     * speed.
     *
     * @return this builder
     */
    public Builder statistics() {
      return set(StandardOptions.STATISTICS, true);
    }

    /**
     * Tells a listener of each value that leaves the storage, and why.
     *
     * @param listener the listener
     * @return this builder
     */
    public Builder listener(RemovalListener<Object> listener) {
      return set(LISTENER, listener);
    }

    /**
     * Makes the storage.
     *
     * @param <V> the type of the values
     * @return a new storage
     */
    public <V> LruStorage<V> build() {
      return open(options());
    }
  }

  /** A key that is found is valid, and an open storage: only a miss needs the checks. */
  @Override
  protected @Nullable V lookup(String key) {
    V value = table.get(Objects.requireNonNull(key, "key"));
    if (value == null) {
      checkKey(key);
      table.countMiss();
    }
    return value;
  }

  /** The engine, for tests. */
  LruTable<V> table() {
    return table;
  }
}
