package io.jstorage.spi;

import io.jstorage.BatchException;
import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A storage as a store, for policies in front of it. Its owner closes the storage. */
final class StorageStore<V> implements Store<V> {
  private final Storage<V> storage;

  /** Null for a storage that does not extend {@link AbstractStorage}. */
  private final @Nullable AbstractStorage<V> known;

  StorageStore(Storage<V> storage) {
    this.storage = storage;
    this.known = storage instanceof AbstractStorage<V> one ? one : null;
  }

  @Override
  public @Nullable V read(String key, Access access) {
    if (known == null) {
      return storage.get(key).orElse(null);
    }
    return access == Access.TOUCH ? known.lookup(key) : known.peek(key);
  }

  @Override
  public @Nullable Entry<V> readEntry(String key, Access access) {
    return known != null && access == Access.PEEK
        ? known.readEntry(key, access)
        : storage.entry(key).orElse(null);
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) {
    Condition condition = options.condition();
    Version version = condition.version();
    Duration ttl = options.ttl();
    if (version != null) {
      return ttl == null
          ? storage.replace(key, version, value)
          : storage.replace(key, version, value, ttl);
    }
    if (condition.isAbsent()) {
      return ttl == null ? storage.putIfAbsent(key, value) : storage.putIfAbsent(key, value, ttl);
    }
    if (ttl == null) {
      storage.put(key, value);
    } else {
      storage.put(key, value, ttl);
    }
    return true;
  }

  @Override
  public boolean delete(String key, Condition condition) {
    Version version = condition.version();
    return version == null ? storage.remove(key) : storage.remove(key, version);
  }

  @Override
  public Stream<String> keys(String prefix) {
    return storage.keys(prefix);
  }

  @Override
  public boolean contains(String key) {
    return storage.contains(key);
  }

  @Override
  public long count() {
    return storage.size();
  }

  @Override
  public void clear() {
    storage.clear();
  }

  @Override
  public long purgeExpired() {
    return storage.purgeExpired();
  }

  @Override
  public Map<String, V> readAll(List<String> keys, BiConsumer<String, Exception> failed) {
    try {
      return storage.getAll(keys);
    } catch (BatchException e) {
      e.failures().forEach(failed);
      List<String> others = keys.stream().filter(key -> !e.failures().containsKey(key)).toList();
      return others.isEmpty() ? Map.of() : readAll(others, failed);
    }
  }

  @Override
  public void writeAll(
      Map<String, V> values, WriteOptions options, BiConsumer<String, Exception> failed) {
    Duration ttl = options.ttl();
    try {
      if (ttl == null) {
        storage.putAll(values);
      } else {
        storage.putAll(values, ttl);
      }
    } catch (BatchException e) {
      e.failures().forEach(failed);
    }
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed) {
    try {
      storage.removeAll(keys);
    } catch (BatchException e) {
      e.failures().forEach(failed);
    }
  }

  @Override
  public Capabilities capabilities() {
    return known != null
        ? known.declared()
        : Capabilities.of(storage.capabilities().toArray(Capability[]::new));
  }

  @Override
  public int maxKeyBytes() {
    return known != null ? known.maxKeyBytes() : Keys.MAX_BYTES;
  }

  /**
   * Only a feed of changes, which has no values, and the names of the policies: any other object
   * would bypass a policy.
   */
  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    return type == ChangeFeed.class || type == PolicyStack.class
        ? storage.unwrap(type)
        : Optional.empty();
  }

  @Override
  public String toString() {
    return storage.toString();
  }
}
