package io.jstorage.spi;

import java.util.AbstractCollection;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys, values and entries of a map view. Their iterators hold nothing open. */
final class MapViews<V> {
  private final StorageMap<V> map;
  private final AbstractStorage<V> storage;

  MapViews(StorageMap<V> map, AbstractStorage<V> storage) {
    this.map = map;
    this.storage = storage;
  }

  Set<String> keys() {
    return new KeySet();
  }

  Set<Map.Entry<String, V>> entries() {
    return new EntrySet();
  }

  Collection<V> values() {
    return new Values();
  }

  private @Nullable V peek(String key) {
    return storage.peek(key);
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
      return map.size();
    }

    @Override
    public boolean isEmpty() {
      return map.isEmpty();
    }

    @Override
    public boolean contains(Object element) {
      return map.containsKey(element);
    }

    @Override
    public boolean remove(Object element) {
      String key = map.keyOrNull(element);
      return key != null && storage.remove(key);
    }

    @Override
    public void clear() {
      map.clear();
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
      return map.size();
    }

    @Override
    public boolean isEmpty() {
      return map.isEmpty();
    }

    @Override
    public void clear() {
      map.clear();
    }

    @Override
    public boolean contains(Object element) {
      if (!(element instanceof Map.Entry<?, ?> entry) || entry.getKey() == null) {
        return false;
      }
      String key = map.keyOrNull(entry.getKey());
      return key != null
          && entry.getValue() != null
          && Objects.deepEquals(peek(key), entry.getValue());
    }

    @Override
    public boolean remove(Object element) {
      return element instanceof Map.Entry<?, ?> entry
          && entry.getKey() != null
          && (map.isAtomic()
              ? map.remove(entry.getKey(), entry.getValue())
              : contains(element) && map.remove(entry.getKey()) != null);
    }
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
      return map.size();
    }
  }

  /**
   * Iterates over a snapshot of the keys, and converts each key to an element when it is requested;
   * a key whose element is null by then is skipped.
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

  /** It may have fewer elements than the size, which counts expired entries. */
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
