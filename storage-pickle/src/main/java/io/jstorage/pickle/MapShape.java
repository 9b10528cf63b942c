package io.jstorage.pickle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps of one type of keys and one of values. */
final class MapShape extends Shape {
  private final PlainShape itself;
  private final Shape key;
  private final Shape value;

  MapShape(PlainShape itself, Shape key, Shape value) {
    this.itself = itself;
    this.key = key;
    this.value = value;
  }

  @Override
  Object lowered(Object map) throws Refusal {
    return entries(itself.lowered(map), Direction.LOWER);
  }

  @Override
  Object raised(Object read) throws Refusal {
    return entries(itself.raised(read), Direction.RAISE);
  }

  @Override
  boolean changes() {
    return key.changes() || value.changes();
  }

  private Object entries(Object object, Direction direction) throws Refusal {
    Map<?, ?> map = (Map<?, ?>) object;
    Map<@Nullable Object, @Nullable Object> changed = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object newKey = direction.apply(key, entry.getKey());
      Object newValue;
      try {
        newValue = direction.apply(value, entry.getValue());
      } catch (Refusal e) {
        throw e.in(entry.getKey());
      }
      if (changes()) {
        int before = changed.size();
        changed.put(newKey, newValue);
        if (changed.size() == before) {
          throw Keys.twice(newKey);
        }
      }
    }
    return changes() ? changed : map;
  }
}
