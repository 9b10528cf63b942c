package io.jstorage.spi;

import io.jstorage.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store that forwards every call to another one and keeps all its capabilities: the class that
 * policies extend. Closing it closes the other store. Values pass through {@code read}, {@code
 * readEntry}, {@code readAll}, {@code write}, {@code writeAll} and the objects that {@code unwrap}
 * returns: a policy about values overrides all of these.
 *
 * @param <V> the type of the values
 */
public class ForwardingStore<V> implements Store<V>, Closeable {
  private final Store<V> delegate;

  /**
   * Makes a store in front of another one.
   *
   * @param delegate the other store
   */
  protected ForwardingStore(Store<V> delegate) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
  }

  @Override
  public @Nullable V read(String key, Access access) throws IOException {
    return delegate.read(key, access);
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) throws IOException {
    return delegate.write(key, value, options);
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    return delegate.delete(key, condition);
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    return delegate.keys(prefix);
  }

  @Override
  public @Nullable Entry<V> readEntry(String key, Access access) throws IOException {
    return delegate.readEntry(key, access);
  }

  @Override
  public boolean contains(String key) throws IOException {
    return delegate.contains(key);
  }

  @Override
  public long count() throws IOException {
    return delegate.count();
  }

  @Override
  public void clear() throws IOException {
    delegate.clear();
  }

  @Override
  public long purgeExpired() throws IOException {
    return delegate.purgeExpired();
  }

  @Override
  public Map<String, V> readAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    return delegate.readAll(keys, failed);
  }

  @Override
  public void writeAll(
      Map<String, V> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    delegate.writeAll(values, options, failed);
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    delegate.deleteAll(keys, failed);
  }

  @Override
  public Capabilities capabilities() throws IOException {
    return delegate.capabilities();
  }

  @Override
  public int maxKeyBytes() {
    return delegate.maxKeyBytes();
  }

  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    return delegate.unwrap(type);
  }

  @Override
  public void close() throws IOException {
    if (delegate instanceof Closeable closeable) {
      closeable.close();
    }
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
