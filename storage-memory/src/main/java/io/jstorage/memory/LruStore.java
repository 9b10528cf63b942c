package io.jstorage.memory;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Statistics;
import io.jstorage.Version;
import io.jstorage.spi.Access;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Keys;
import io.jstorage.spi.LoadCounter;
import io.jstorage.spi.Store;
import io.jstorage.spi.WriteOptions;
import java.io.Closeable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table as a store, with an expiration for entries that are written without a time to live. */
final class LruStore<V> implements Store<V>, ChangeFeed {
  private static final Capabilities CAPABILITIES =
      Capabilities.of(Capability.ATOMIC, Capability.EXPIRY);

  private final LruTable<V> table;
  private final @Nullable Duration expiration;
  private final String name;

  LruStore(LruTable<V> table, @Nullable Duration expiration, String name) {
    this.table = table;
    this.expiration = expiration;
    this.name = name;
  }

  @Override
  public @Nullable V read(String key, Access access) {
    Node<V> node = find(key, access);
    return node == null ? null : node.value;
  }

  private @Nullable Node<V> find(String key, Access access) {
    return access == Access.TOUCH ? table.use(key) : table.peek(key);
  }

  @Override
  public @Nullable Entry<V> readEntry(String key, Access access) {
    Node<V> node = find(key, access);
    if (node == null) {
      return null;
    }
    Entry<V> entry = Entry.of(node.value).withVersion(Version.of(node.version));
    return node instanceof ExpiringNode<V> expiring
        ? entry.withExpiresAt(EpochNanos.toInstant(expiring.deadline))
        : entry;
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) {
    Duration ttl = options.ttl();
    return table.put(key, value, ttl == null ? expiration : ttl, options.condition());
  }

  @Override
  public boolean delete(String key, Condition condition) {
    return table.remove(key, condition);
  }

  @Override
  public Stream<String> keys(String prefix) {
    Stream<String> keys = StreamSupport.stream(table.keys(), false);
    return prefix.isEmpty() ? keys : keys.filter(key -> key.startsWith(prefix));
  }

  @Override
  public long count() {
    return table.size();
  }

  @Override
  public void clear() {
    table.clear();
  }

  @Override
  public long purgeExpired() {
    return table.purgeExpired();
  }

  @Override
  public Closeable watch(ChangeListener listener) {
    return table.watch(Objects.requireNonNull(listener, "listener"));
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  /** The statistics of the table and its counter of loads, if it counts. */
  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    if (type == Statistics.class) {
      return Optional.ofNullable(type.cast(table.statistics()));
    }
    LruCounts counts = table.counts();
    return counts != null && type == LoadCounter.class
        ? Optional.of(type.cast(counts.loads))
        : Store.super.unwrap(type);
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  @Override
  public String toString() {
    return name;
  }
}
