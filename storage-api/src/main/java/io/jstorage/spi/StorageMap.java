package io.jstorage.spi;

import io.jstorage.Capability;
import io.jstorage.InvalidKeyException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Version;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A storage seen as a map. Conditional operations are loops of read, decide, and write if the
 * version still is the one that was read: lock-free, and atomic exactly as far as the storage is.
 */
final class StorageMap<V> extends AbstractMap<String, V> implements ConcurrentMap<String, V> {
  /** Together with the pauses some ten seconds. */
  private static final int MAX_ATTEMPTS = 2_000;

  /** In memory the next attempt usually succeeds, and a pause takes longer than several. */
  private static final int ATTEMPTS_WITHOUT_PAUSE = 16;

  private static final Duration FIRST_PAUSE = Duration.ofNanos(1_000);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(8);

  private final AbstractStorage<V> storage;
  private final Duration longestPause;

  StorageMap(AbstractStorage<V> storage) {
    this(storage, LONGEST_PAUSE);
  }

  /** A map that pauses for less time than others, for tests. */
  StorageMap(AbstractStorage<V> storage, Duration longestPause) {
    this.storage = storage;
    this.longestPause = longestPause;
  }

  boolean isAtomic() {
    return storage.declared().has(Capability.ATOMIC);
  }

  private void requireAtomic(String operation) {
    storage.checkCapability(operation, Capability.ATOMIC);
  }

  /** Returns a key that can be in the storage, or null for anything that cannot. */
  @Nullable String keyOrNull(Object key) {
    Objects.requireNonNull(key, "key");
    return key instanceof String s && storage.isKey(s) ? s : null;
  }

  @Override
  public @Nullable V get(Object key) {
    if (!(Objects.requireNonNull(key, "key") instanceof String k)) {
      return null;
    }
    try {
      return storage.lookup(k);
    } catch (InvalidKeyException e) {
      return null;
    }
  }

  @Override
  public V getOrDefault(Object key, V defaultValue) {
    V value = get(key);
    return value == null ? defaultValue : value;
  }

  @Override
  public boolean containsKey(Object key) {
    String k = keyOrNull(key);
    return k != null && storage.contains(k);
  }

  @Override
  public boolean containsValue(Object value) {
    Objects.requireNonNull(value, "value");
    return values().stream().anyMatch(v -> Objects.deepEquals(v, value));
  }

  @Override
  public int size() {
    return (int) Math.min(storage.size(), Integer.MAX_VALUE);
  }

  @Override
  public boolean isEmpty() {
    try (Stream<String> keys = storage.keys()) {
      return keys.findAny().isEmpty();
    }
  }

  @Override
  public void clear() {
    storage.clear();
  }

  @Override
  public @Nullable V put(String key, V value) {
    Objects.requireNonNull(value, "value");
    if (!isAtomic()) {
      V seen = storage.lookup(key);
      storage.put(key, value);
      return seen;
    }
    return before(key, seen -> true, seen -> value);
  }

  @Override
  public void putAll(Map<? extends String, ? extends V> values) {
    storage.putAll(new LinkedHashMap<String, V>(values));
  }

  @Override
  public @Nullable V remove(Object key) {
    String k = keyOrNull(key);
    if (k == null) {
      return null;
    }
    if (!isAtomic()) {
      V seen = storage.lookup(k);
      return storage.remove(k) ? seen : null;
    }
    return storage.whileChanging(k, () -> before(k, Objects::nonNull, seen -> null));
  }

  @Override
  public boolean remove(Object key, @Nullable Object value) {
    requireAtomic("remove(key, value)");
    String k = keyOrNull(key);
    if (k == null || value == null) {
      return false;
    }
    return updateIfEqual(k, value, null);
  }

  @Override
  public @Nullable V putIfAbsent(String key, V value) {
    requireAtomic("putIfAbsent");
    Objects.requireNonNull(value, "value");
    return before(key, Objects::isNull, seen -> value);
  }

  @Override
  public @Nullable V replace(String key, V value) {
    requireAtomic("replace");
    Objects.requireNonNull(value, "value");
    return before(key, Objects::nonNull, seen -> value);
  }

  @Override
  public boolean replace(String key, V oldValue, V newValue) {
    requireAtomic("replace");
    Objects.requireNonNull(oldValue, "oldValue");
    Objects.requireNonNull(newValue, "newValue");
    return updateIfEqual(key, oldValue, newValue);
  }

  /** Returns whether the value was equal, by one comparison: a value may be mutable. */
  private boolean updateIfEqual(String key, Object expected, @Nullable V after) {
    AtomicBoolean equal = new AtomicBoolean();
    before(
        key,
        seen -> {
          equal.setPlain(Objects.deepEquals(seen, expected));
          return equal.getPlain();
        },
        seen -> after);
    return equal.getPlain();
  }

  @Override
  public @Nullable V computeIfAbsent(
      String key, Function<? super String, ? extends @Nullable V> mapping) {
    requireAtomic("computeIfAbsent");
    Objects.requireNonNull(mapping, "mapping");
    return after(key, Objects::isNull, seen -> mapping.apply(key));
  }

  @Override
  public @Nullable V computeIfPresent(
      String key, BiFunction<? super String, ? super V, ? extends @Nullable V> remapping) {
    requireAtomic("computeIfPresent");
    Objects.requireNonNull(remapping, "remapping");
    return after(key, Objects::nonNull, seen -> remapping.apply(key, Objects.requireNonNull(seen)));
  }

  @Override
  public @Nullable V compute(
      String key,
      BiFunction<? super String, ? super @Nullable V, ? extends @Nullable V> remapping) {
    requireAtomic("compute");
    Objects.requireNonNull(remapping, "remapping");
    return after(key, seen -> true, seen -> remapping.apply(key, seen));
  }

  @Override
  public @Nullable V merge(
      String key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> remapping) {
    requireAtomic("merge");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(remapping, "remapping");
    return after(key, seen -> true, seen -> seen == null ? value : remapping.apply(seen, value));
  }

  @Override
  public void replaceAll(BiFunction<? super String, ? super V, ? extends V> function) {
    requireAtomic("replaceAll");
    Objects.requireNonNull(function, "function");
    for (String key : keySet()) {
      after(
          key,
          Objects::nonNull,
          seen -> Objects.requireNonNull(function.apply(key, Objects.requireNonNull(seen))));
    }
  }

  /** Returns the value that an update met, to which its condition applied. */
  private @Nullable V before(
      String key, Predicate<@Nullable V> condition, Function<@Nullable V, @Nullable V> function) {
    return update(key, condition, function, false);
  }

  /** Returns the value that an update left. */
  private @Nullable V after(
      String key, Predicate<@Nullable V> condition, Function<@Nullable V, @Nullable V> function) {
    return update(key, condition, function, true);
  }

  /**
   * Replaces the value of a key by the result of a function, if the value meets a condition; null
   * stands for no entry. If the condition does not hold, nothing is written, and the read does not
   * count as an access.
   *
   * @return the value after it if that is wanted, else the value before
   */
  private @Nullable V update(
      String key,
      Predicate<@Nullable V> condition,
      Function<@Nullable V, @Nullable V> function,
      boolean wantsAfter) {
    Backoff backoff = null;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      io.jstorage.Entry<V> entry = storage.readEntry(key, Access.PEEK);
      V before = entry == null ? null : entry.value();
      if (!condition.test(before)) {
        return before;
      }
      V after = function.apply(before);
      if (tryWrite(key, entry, after)) {
        return wantsAfter ? after : before;
      }
      if (attempt >= ATTEMPTS_WITHOUT_PAUSE) {
        backoff = backoff == null ? Backoff.between(FIRST_PAUSE, longestPause) : backoff;
        backoff.pause();
      }
    }
    throw new StorageUnavailableException(
        "cannot update %s in %s: the version that it had was refused %d times in a row. Either other writers change it without pause, or the store does not recognise its own versions"
            .formatted(Keys.display(key), storage, MAX_ATTEMPTS),
        null,
        false);
  }

  private boolean tryWrite(String key, io.jstorage.@Nullable Entry<V> entry, @Nullable V after) {
    if (entry == null) {
      return after == null || storage.putIfAbsent(key, after);
    }
    Version version = entry.version().orElseThrow();
    return after == null ? storage.remove(key, version) : storage.replace(key, version, after);
  }

  @Override
  public Set<Map.Entry<String, V>> entrySet() {
    return new MapViews<>(this, storage).entries();
  }

  @Override
  public Set<String> keySet() {
    return new MapViews<>(this, storage).keys();
  }

  @Override
  public Collection<V> values() {
    return new MapViews<>(this, storage).values();
  }

  /** Compares values by content, which {@link AbstractMap} does not do for arrays. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other == this || (other instanceof Map<?, ?> map && entrySet().equals(map.entrySet()));
  }

  @Override
  public int hashCode() {
    return entrySet().hashCode();
  }
}
