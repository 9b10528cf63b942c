package io.jstorage.jdk;

import java.io.InvalidClassException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The sizes of the JDK's collections in one stream, with whatever they share counted each time. It
 * is how many elements a hash code visits, and a stream of a few bytes can make it 2^100: by
 * nesting, which a limit on depth stops, but also by references to what was read before.
 */
final class Expansion {
  private static final int MAX_ELEMENTS = 1_000_000;

  private final IdentityHashMap<Object, Integer> sizes = new IdentityHashMap<>();

  /** Takes an object that has been read whole, and was hashed by none that contains it yet. */
  void add(Object object) throws InvalidClassException {
    // The iterators of other classes may do anything; what those hash is for them to bound.
    if (!isCollection(object) || object.getClass().getClassLoader() != null) {
      return;
    }
    long size = 1;
    if (object instanceof Collection<?> collection) {
      for (Object element : collection) {
        size += sizeOf(element);
      }
    } else if (object instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        size += sizeOf(entry.getKey()) + sizeOf(entry.getValue());
      }
    } else if (object instanceof Map.Entry<?, ?> entry) {
      size += sizeOf(entry.getKey()) + sizeOf(entry.getValue());
    }
    if (size > MAX_ELEMENTS) {
      throw new InvalidClassException(
          "collections within collections have more than %d elements, with those that they share counted each time"
              .formatted(MAX_ELEMENTS));
    }
    sizes.put(object, (int) size);
  }

  private long sizeOf(Object element) throws InvalidClassException {
    if (!isCollection(element) || element.getClass().getClassLoader() != null) {
      return 1;
    }
    Integer size = sizes.get(element);
    if (size == null) {
      throw new InvalidClassException("a collection contains itself");
    }
    return size;
  }

  private static boolean isCollection(Object object) {
    return object instanceof Collection || object instanceof Map || object instanceof Map.Entry;
  }
}
