package io.jstorage.spi;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A storage that passes every operation on to another one: what policies extend.
 *
 * <p>Override the {@code do…} methods; the loader, the map view and {@code require} follow them by
 * themselves. Overriding {@link #doGet} usually asks for the same change in {@link #doPeek}, {@link
 * #doEntry}, {@link #doPeekEntry}, {@link #doContains} and {@link #doGetAll}.
 *
 * @param <V> the type of the values
 */
public abstract class ForwardingStorage<V> extends AbstractStorage<V> {
  private final Storage<V> delegate;
  private final boolean owned;

  /**
   * For subclasses.
   *
   * @param delegate the other storage
   * @param owned whether closing this storage closes the other one
   */
  protected ForwardingStorage(Storage<V> delegate, boolean owned) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
    this.owned = owned;
  }

  /**
   * Returns the other storage.
   *
   * @return the storage that operations are passed on to
   */
  protected final Storage<V> delegate() {
    return delegate;
  }

  @Override
  public Set<Capability> capabilities() {
    return delegate.capabilities();
  }

  @Override
  public String toString() {
    return delegate.toString();
  }

  @Override
  protected int maxKeyBytes() {
    return delegate instanceof AbstractStorage<V> known ? known.maxKeyBytes() : Keys.MAX_BYTES;
  }

  @Override
  protected @Nullable V doGet(String key) {
    return delegate.get(key).orElse(null);
  }

  @Override
  protected @Nullable V doPeek(String key) {
    return delegate instanceof AbstractStorage<V> known ? known.peek(key) : doGet(key);
  }

  @Override
  protected @Nullable Entry<V> doEntry(String key) {
    return delegate.entry(key).orElse(null);
  }

  @Override
  protected @Nullable Entry<V> doPeekEntry(String key) {
    return delegate instanceof AbstractStorage<V> known ? known.peekEntry(key) : doEntry(key);
  }

  @Override
  protected boolean doContains(String key) {
    return delegate.contains(key);
  }

  @Override
  protected void doPut(String key, V value, @Nullable Duration ttl) {
    if (ttl == null) {
      delegate.put(key, value);
    } else {
      delegate.put(key, value, ttl);
    }
  }

  @Override
  protected boolean doPutIfAbsent(String key, V value, @Nullable Duration ttl) {
    return ttl == null ? delegate.putIfAbsent(key, value) : delegate.putIfAbsent(key, value, ttl);
  }

  @Override
  protected boolean doReplace(String key, Version version, V value, @Nullable Duration ttl) {
    return ttl == null
        ? delegate.replace(key, version, value)
        : delegate.replace(key, version, value, ttl);
  }

  @Override
  protected boolean doRemove(String key) {
    return delegate.remove(key);
  }

  @Override
  protected boolean doRemove(String key, Version version) {
    return delegate.remove(key, version);
  }

  @Override
  protected Stream<String> doKeys(String prefix) {
    return delegate.keys(prefix);
  }

  @Override
  protected long doSize() {
    return delegate.size();
  }

  @Override
  protected void doClear() {
    delegate.clear();
  }

  @Override
  protected long doPurgeExpired() {
    return delegate.purgeExpired();
  }

  @Override
  protected Map<String, V> doGetAll(List<String> keys) {
    return delegate.getAll(keys);
  }

  @Override
  protected void doPutAll(Map<String, V> values, @Nullable Duration ttl) {
    if (ttl == null) {
      delegate.putAll(values);
    } else {
      delegate.putAll(values, ttl);
    }
  }

  @Override
  protected void doRemoveAll(List<String> keys) {
    delegate.removeAll(keys);
  }

  @Override
  protected void doClose() {
    if (owned) {
      delegate.close();
    }
  }
}
