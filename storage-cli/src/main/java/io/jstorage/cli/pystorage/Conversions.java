package io.jstorage.cli.pystorage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The treatment of values that not every codec has. */
public final class Conversions {
  /** The treatment of NaN and the infinities. */
  public enum NotANumber {
    /** They stay; a target that has none refuses the value. */
    KEEP,
    /** They become null; a value that is one is refused. */
    NULL,
    /** They become the texts that Python's JSON has for them. */
    TEXT
  }

  private final NotANumber notANumber;
  private boolean converted;

  Conversions(NotANumber notANumber) {
    this.notANumber = notANumber;
  }

  /** Whether the last value was changed. */
  boolean converted() {
    return converted;
  }

  /** Returns a value with its numbers replaced; null if it was such a number itself. */
  @Nullable Object convert(Object value) {
    converted = false;
    return notANumber == NotANumber.KEEP ? value : replaced(value);
  }

  private @Nullable Object replaced(@Nullable Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      converted = true;
      return notANumber == NotANumber.NULL ? null : number.toString();
    }
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, each) -> copy.put(key, replaced(each)));
      return changed(map, copy) ? copy : map;
    }
    if (value instanceof List<?> list && !list.isEmpty()) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(each -> copy.add(replaced(each)));
      return changed(list, copy) ? copy : list;
    }
    if (value instanceof Set<?> set && !set.isEmpty()) {
      Set<@Nullable Object> copy = new LinkedHashSet<>();
      set.forEach(each -> copy.add(replaced(each)));
      return changed(set, copy) ? copy : set;
    }
    return value;
  }

  /** Nothing is replaced by something equal; the classes of what is not changed stay. */
  private static boolean changed(Object before, Object after) {
    return !before.equals(after);
  }
}
