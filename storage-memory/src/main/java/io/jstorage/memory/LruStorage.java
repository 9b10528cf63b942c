package io.jstorage.memory;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Option;
import io.jstorage.Version;
import io.jstorage.spi.AbstractStorage;
import io.jstorage.spi.StandardOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A limited number of objects in memory, of which the least recently used leaves: the service
 * {@code storage.lru}.
 *
 * <p><b>What it holds.</b> The very objects that are put in, not copies: whoever changes one
 * changes it for everybody. An entry takes 65 to 80 bytes beyond key and value, 30 more where it
 * has a deadline.
 *
 * <p><b>Who leaves.</b> When a key is added to a full storage, the entry leaves that was used least
 * recently, exactly, for every history of operations that follow each other, on however many
 * threads. {@code get}, {@code require}, the loader, {@code entry}, {@code getAll}, {@code
 * asMap().get} and every successful write are uses; {@code contains}, iteration and failed
 * conditional writes are not. Expired entries leave before any live one. Writing to a key that is
 * there makes nobody leave. There are never more entries than the limit.
 *
 * <p><b>Expiry.</b> Deadlines are kept to the nanosecond, until the year 2262. Access to an expired
 * entry removes it, unless a writer is at work. {@code keys} and {@code size} include expired
 * entries that nobody has come across.
 *
 * <p><b>Threads and cost.</b> Reads take no lock; writes take turns. A read is O(1), {@code size}
 * too. A write is O(1) or, with deadlines or after uses, O(log n), amortised. Two kinds of writes
 * take longer: the first one in a full storage after all its n entries were used sorts them, O(n
 * log n); and as the table of a storage with a large limit grows with its entries, the write that
 * doubles it copies them, O(n). Keys made to collide cost one such copy, and then nothing.
 *
 * <p>Versions count the operations of this storage and mean nothing beyond its life. After {@link
 * #close()} all entries are gone.
 *
 * @param <V> the type of the values
 */
public final class LruStorage<V> extends AbstractStorage<V> {
  /** {@code limit}: how many entries there may be, at least one; 10 by default. */
  public static final Option<Integer> LIMIT =
      Option.integer("limit")
          .describedAs("How many entries there may be before the least recently used leaves.")
          .where(limit -> limit >= 1, "at least 1")
          .withDefault(10);

  private static final Set<Capability> CAPABILITIES = Set.of(Capability.ATOMIC, Capability.EXPIRY);

  private final LruTable<V> table;
  private final @Nullable Duration expiration;
  private final String name;

  private LruStorage(Builder builder, String name) {
    this.table = new LruTable<>(builder.limit, builder.clock, name);
    this.expiration = builder.expiration;
    this.name = name;
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
   * Begins a storage. By default its entries do not expire unless they are put with a time to live,
   * and the clock is the system's.
   *
   * @param limit how many entries there may be
   * @return the builder
   * @throws io.jstorage.InvalidOptionException if {@code limit} is less than 1
   */
  public static Builder builder(int limit) {
    return new Builder(LIMIT.parse(limit));
  }

  /** A storage from which nothing leaves but what expires, to stand behind a policy. */
  static <V> LruStorage<V> unlimited(InstantSource clock) {
    return new LruStorage<>(builder(Integer.MAX_VALUE).clock(clock), "a map in memory");
  }

  /** Settings of a storage. Not thread-safe. */
  public static final class Builder {
    private final int limit;
    private @Nullable Duration expiration;
    private InstantSource clock = InstantSource.system();

    private Builder(int limit) {
      this.limit = limit;
    }

    /**
     * Lets entries expire that are put without a time to live of their own.
     *
     * @param expiration how long they live
     * @return this builder
     * @throws io.jstorage.InvalidOptionException if {@code expiration} is zero or negative
     */
    public Builder expiration(Duration expiration) {
      this.expiration = StandardOptions.EXPIRATION.parse(expiration);
      return this;
    }

    /**
     * Sets the source of the current time.
     *
     * @param clock the source, asked only for entries that have a deadline
     * @return this builder
     */
    public Builder clock(InstantSource clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Makes the storage.
     *
     * @param <V> the type of the values
     * @return a new storage
     */
    public <V> LruStorage<V> build() {
      return new LruStorage<>(this, "an LRU of " + limit + " in memory");
    }
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public String toString() {
    return name;
  }

  /** A key that is found is valid, and an open storage: only a miss needs the checks. */
  @Override
  protected @Nullable V lookup(String key) {
    V value = table.get(Objects.requireNonNull(key, "key"));
    if (value == null) {
      checkKey(key);
    }
    return value;
  }

  @Override
  protected @Nullable V doGet(String key) {
    return table.get(key);
  }

  @Override
  protected @Nullable V doPeek(String key) {
    Node<V> node = table.peek(key);
    return node == null ? null : node.value;
  }

  @Override
  protected @Nullable Entry<V> doEntry(String key) {
    return entryOf(table.use(key));
  }

  @Override
  protected @Nullable Entry<V> doPeekEntry(String key) {
    return entryOf(table.peek(key));
  }

  private static <V> @Nullable Entry<V> entryOf(@Nullable Node<V> node) {
    if (node == null) {
      return null;
    }
    Entry<V> entry = Entry.of(node.value).withVersion(Version.of(node.version));
    return node instanceof ExpiringNode<V> expiring
        ? entry.withExpiresAt(EpochNanos.toInstant(expiring.deadline))
        : entry;
  }

  @Override
  protected void doPut(String key, V value, @Nullable Duration ttl) {
    table.put(key, value, orExpiration(ttl));
  }

  @Override
  protected boolean doPutIfAbsent(String key, V value, @Nullable Duration ttl) {
    return table.putIfAbsent(key, value, orExpiration(ttl));
  }

  @Override
  protected boolean doReplace(String key, Version version, V value, @Nullable Duration ttl) {
    return table.replace(key, version, value, orExpiration(ttl));
  }

  private @Nullable Duration orExpiration(@Nullable Duration ttl) {
    return ttl == null ? expiration : ttl;
  }

  @Override
  protected boolean doRemove(String key) {
    return table.remove(key);
  }

  @Override
  protected boolean doRemove(String key, Version version) {
    return table.remove(key, version);
  }

  @Override
  protected Stream<String> doKeys(String prefix) {
    Stream<String> keys = StreamSupport.stream(table.keys(), false);
    return prefix.isEmpty() ? keys : keys.filter(key -> key.startsWith(prefix));
  }

  @Override
  protected long doSize() {
    return table.size();
  }

  @Override
  protected void doClear() {
    table.clear();
  }

  @Override
  protected long doPurgeExpired() {
    return table.purgeExpired();
  }

  @Override
  protected void doClose() {
    table.close();
  }

  /** The engine, for tests. */
  LruTable<V> table() {
    return table;
  }
}
