package io.jstorage.spi;

import io.jstorage.Capability;
import io.jstorage.InvalidKeyException;
import io.jstorage.Version;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentMap;
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
  private final AbstractStorage<V> storage;

  StorageMap(AbstractStorage<V> storage) {
    this.storage = storage;
  }

  private boolean isAtomic() {
    return storage.capabilities().contains(Capability.ATOMIC);
  }

  private void requireAtomic(String operation) {
    if (!isAtomic()) {
      throw storage.unsupported(operation, Capability.ATOMIC);
    }
  }

  /** Returns a key that can be in the storage, or null for anything that cannot. */
  private @Nullable String keyOrNull(Object key) {
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

  private @Nullable V peek(String key) {
    return storage.peek(key);
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
    return update(key, seen -> true, seen -> value).before;
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
    storage.overtake(k);
    V seen = update(k, Objects::nonNull, before -> null).before;
    storage.overtake(k);
    return seen;
  }

  @Override
  public boolean remove(Object key, @Nullable Object value) {
    requireAtomic("remove(key, value)");
    String k = keyOrNull(key);
    if (k == null || value == null) {
      return false;
    }
    return update(k, seen -> Objects.deepEquals(seen, value), seen -> null).applied;
  }

  @Override
  public @Nullable V putIfAbsent(String key, V value) {
    requireAtomic("putIfAbsent");
    Objects.requireNonNull(value, "value");
    return update(key, Objects::isNull, seen -> value).before;
  }

  @Override
  public @Nullable V replace(String key, V value) {
    requireAtomic("replace");
    Objects.requireNonNull(value, "value");
    return update(key, Objects::nonNull, seen -> value).before;
  }

  @Override
  public boolean replace(String key, V oldValue, V newValue) {
    requireAtomic("replace");
    Objects.requireNonNull(oldValue, "oldValue");
    Objects.requireNonNull(newValue, "newValue");
    return update(key, seen -> Objects.deepEquals(seen, oldValue), seen -> newValue).applied;
  }

  @Override
  public @Nullable V computeIfAbsent(
      String key, Function<? super String, ? extends @Nullable V> mapping) {
    requireAtomic("computeIfAbsent");
    Objects.requireNonNull(mapping, "mapping");
    return update(key, Objects::isNull, seen -> mapping.apply(key)).after;
  }

  @Override
  public @Nullable V computeIfPresent(
      String key, BiFunction<? super String, ? super V, ? extends @Nullable V> remapping) {
    requireAtomic("computeIfPresent");
    Objects.requireNonNull(remapping, "remapping");
    return update(key, Objects::nonNull, seen -> remapping.apply(key, Objects.requireNonNull(seen)))
        .after;
  }

  @Override
  public @Nullable V compute(
      String key,
      BiFunction<? super String, ? super @Nullable V, ? extends @Nullable V> remapping) {
    requireAtomic("compute");
    Objects.requireNonNull(remapping, "remapping");
    return update(key, seen -> true, seen -> remapping.apply(key, seen)).after;
  }

  @Override
  public @Nullable V merge(
      String key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> remapping) {
    requireAtomic("merge");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(remapping, "remapping");
    return update(key, seen -> true, seen -> seen == null ? value : remapping.apply(seen, value))
        .after;
  }

  @Override
  public void replaceAll(BiFunction<? super String, ? super V, ? extends V> function) {
    requireAtomic("replaceAll");
    Objects.requireNonNull(function, "function");
    for (String key : keySet()) {
      update(
          key,
          Objects::nonNull,
          seen -> Objects.requireNonNull(function.apply(key, Objects.requireNonNull(seen))));
    }
  }

  /** What an update found, what it left, and whether its condition held. */
  private static final class Change<V> {
    final @Nullable V before;
    final @Nullable V after;
    final boolean applied;

    Change(@Nullable V before, @Nullable V after, boolean applied) {
      this.before = before;
      this.after = after;
      this.applied = applied;
    }
  }

  /**
   * Replaces what is under a key, if it meets a condition, by what a function makes of it; null
   * stands for no entry. Where the condition does not hold, nothing is used or written.
   */
  private Change<V> update(
      String key, Predicate<@Nullable V> condition, Function<@Nullable V, @Nullable V> function) {
    while (true) {
      io.jstorage.Entry<V> entry = storage.peekEntry(key);
      V before = entry == null ? null : entry.value();
      if (!condition.test(before)) {
        return new Change<>(before, before, false);
      }
      V after = function.apply(before);
      if (tryWrite(key, entry, after)) {
        return new Change<>(before, after, true);
      }
    }
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
    return new EntrySet();
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

  /** The hash of the content: for an array that of its elements, else the value's own. */
  private static int hash(Object value) {
    return value.getClass().isArray()
        ? Arrays.deepHashCode(new Object[] {value})
        : value.hashCode();
  }

  /** A snapshot of the keys, which holds nothing open. */
  private Iterator<String> keySnapshot() {
    try (Stream<String> keys = storage.keys()) {
      return keys.toList().iterator();
    }
  }

  @Override
  public Set<String> keySet() {
    return new KeySet();
  }

  /** The keys alone: no value is read to list them. */
  private final class KeySet extends AbstractSet<String> {
    @Override
    public Iterator<String> iterator() {
      return keyIterator();
    }

    @Override
    public Spliterator<String> spliterator() {
      return unsized(this, Spliterator.DISTINCT);
    }

    @Override
    public int size() {
      return StorageMap.this.size();
    }

    @Override
    public boolean isEmpty() {
      return StorageMap.this.isEmpty();
    }

    @Override
    public boolean contains(Object element) {
      return containsKey(element);
    }

    @Override
    public boolean remove(Object element) {
      String key = keyOrNull(element);
      return key != null && storage.remove(key);
    }

    @Override
    public void clear() {
      StorageMap.this.clear();
    }
  }

  private final class EntrySet extends AbstractSet<Map.Entry<String, V>> {
    @Override
    public Iterator<Map.Entry<String, V>> iterator() {
      return entryIterator();
    }

    @Override
    public Spliterator<Map.Entry<String, V>> spliterator() {
      return unsized(this, Spliterator.DISTINCT);
    }

    @Override
    public int size() {
      return StorageMap.this.size();
    }

    @Override
    public boolean isEmpty() {
      return StorageMap.this.isEmpty();
    }

    @Override
    public void clear() {
      StorageMap.this.clear();
    }

    @Override
    public boolean contains(Object element) {
      if (!(element instanceof Map.Entry<?, ?> entry) || entry.getKey() == null) {
        return false;
      }
      String key = keyOrNull(entry.getKey());
      return key != null
          && entry.getValue() != null
          && Objects.deepEquals(peek(key), entry.getValue());
    }

    @Override
    public boolean remove(Object element) {
      return element instanceof Map.Entry<?, ?> entry
          && entry.getKey() != null
          && (isAtomic()
              ? StorageMap.this.remove(entry.getKey(), entry.getValue())
              : contains(element) && StorageMap.this.remove(entry.getKey()) != null);
    }
  }

  @Override
  public Collection<V> values() {
    return new Values();
  }

  private final class Values extends AbstractCollection<V> {
    @Override
    public Iterator<V> iterator() {
      return valueIterator();
    }

    @Override
    public Spliterator<V> spliterator() {
      return unsized(this, 0);
    }

    @Override
    public int size() {
      return StorageMap.this.size();
    }
  }

  /**
   * Walks over a snapshot of the keys, and makes of each what is wanted when it is asked for; what
   * has become null by then is passed over.
   */
  private final class ViewIterator<T> implements Iterator<T> {
    private final Iterator<String> keys = keySnapshot();
    private final Function<String, @Nullable T> element;
    private String key = "";
    private @Nullable T next;
    private @Nullable String last;

    ViewIterator(Function<String, @Nullable T> element) {
      this.element = element;
    }

    @Override
    public boolean hasNext() {
      while (next == null && keys.hasNext()) {
        key = keys.next();
        next = element.apply(key);
      }
      return next != null;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      T found = Objects.requireNonNull(next);
      next = null;
      last = key;
      return found;
    }

    @Override
    public void remove() {
      if (last == null) {
        throw new IllegalStateException("remove() follows a next(), and once only");
      }
      storage.remove(last);
      last = null;
    }
  }

  private Iterator<String> keyIterator() {
    return new ViewIterator<>(key -> key);
  }

  private Iterator<V> valueIterator() {
    return new ViewIterator<>(this::peek);
  }

  private Iterator<Map.Entry<String, V>> entryIterator() {
    return new ViewIterator<>(this::entry);
  }

  /** Of fewer elements, perhaps, than the size, which counts what has expired. */
  private static <T> Spliterator<T> unsized(Collection<T> view, int characteristics) {
    return Spliterators.spliterator(view, characteristics | Spliterator.CONCURRENT);
  }

  private Map.@Nullable Entry<String, V> entry(String key) {
    V value = peek(key);
    return value == null ? null : new WriteThroughEntry(key, value);
  }

  /** An entry whose value can be set; compared by content. */
  private final class WriteThroughEntry extends SimpleEntry<String, V> {
    private static final long serialVersionUID = 1L;

    WriteThroughEntry(String key, V value) {
      super(key, value);
    }

    @Override
    public V setValue(V newValue) {
      storage.put(getKey(), newValue);
      return super.setValue(newValue);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Map.Entry<?, ?> entry
          && getKey().equals(entry.getKey())
          && Objects.deepEquals(getValue(), entry.getValue());
    }

    @Override
    public int hashCode() {
      return getKey().hashCode() ^ hash(getValue());
    }
  }
}
