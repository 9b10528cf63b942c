package io.jstorage.jcache;

import java.util.Objects;
import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** An event: the change of an entry. */
final class Event<K, V> extends CacheEntryEvent<K, V> {
  private static final long serialVersionUID = 1L;

  private final transient K key;
  private final transient V value;
  private final transient @Nullable V oldValue;

  /** For an entry that is gone, value and old value are the one that it had. */
  Event(Cache<K, V> source, EventType type, K key, V value, @Nullable V oldValue) {
    super(source, type);
    this.key = key;
    this.value = value;
    this.oldValue = oldValue;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    return value;
  }

  @Override
  public @Nullable V getOldValue() {
    return oldValue;
  }

  @Override
  public boolean isOldValueAvailable() {
    return oldValue != null;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrapping.of(this, type);
  }

  /** Leaves out the values, which may be long or secret. */
  @Override
  public String toString() {
    return "%s of %s in %s"
        .formatted(getEventType(), key, Objects.requireNonNull(getSource()).getName());
  }
}
