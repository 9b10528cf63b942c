package io.jstorage.pickle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values that are what is read without a type, of one class. */
final class PlainShape extends Shape {
  private final Class<?> type;
  private final boolean isKey;

  PlainShape(Class<?> type, boolean isKey) {
    this.type = type;
    this.isKey = isKey;
  }

  @Override
  Object lowered(Object value) throws Refusal {
    if (!type.isAssignableFrom(readAs(value))) {
      throw mismatch(value, type);
    }
    return value;
  }

  @Override
  Object raised(Object read) throws Refusal {
    if (!type.isInstance(read)) {
      throw mismatch(read, type);
    }
    return read;
  }

  @Override
  boolean changes() {
    return false;
  }

  /** The class that a value will have when it is read. */
  private Class<?> readAs(Object value) {
    if (value instanceof List<?> list) {
      boolean isTuple = isKey || list instanceof Tuple;
      return isTuple
          ? Tuple.class
          : list instanceof LinkedList ? LinkedList.class : ArrayList.class;
    }
    if (value instanceof Set<?> set) {
      return isKey || set instanceof FrozenSet ? FrozenSet.class : LinkedHashSet.class;
    }
    return value instanceof Map ? LinkedHashMap.class : value.getClass();
  }
}
