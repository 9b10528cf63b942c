package io.jstorage.pickle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists and sets of one type of elements. */
final class CollectionShape extends Shape {
  private final PlainShape itself;
  private final Shape element;

  CollectionShape(PlainShape itself, Shape element) {
    this.itself = itself;
    this.element = element;
  }

  @Override
  Object lowered(Object value) throws Refusal {
    return elements(itself.lowered(value), Direction.LOWER);
  }

  @Override
  Object raised(Object read) throws Refusal {
    return elements(itself.raised(read), Direction.RAISE);
  }

  @Override
  boolean changes() {
    return element.changes();
  }

  private Object elements(Object object, Direction direction) throws Refusal {
    if (!(object instanceof Collection<?> collection)) {
      return object;
    }
    @Nullable Object[] elements = all(collection, element, direction);
    if (!changes()) {
      return collection;
    }
    if (collection instanceof Tuple) {
      return new Tuple(elements);
    }
    if (collection instanceof Set) {
      return set(elements);
    }
    List<@Nullable Object> list = Arrays.asList(elements);
    return collection instanceof LinkedList ? JavaValues.deque(list) : new ArrayList<>(list);
  }

  private static Set<@Nullable Object> set(@Nullable Object[] elements) throws Refusal {
    Set<@Nullable Object> set = new LinkedHashSet<>();
    for (Object each : elements) {
      if (!set.add(each)) {
        throw Keys.twice(each);
      }
    }
    return set;
  }
}
