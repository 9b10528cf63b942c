package io.jstorage.json;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.ClassUtil;

/**
 * Compares a value with what its JSON was read as. They are equal if they are of one class and
 * their elements or fields are, whether or not the class has an {@code equals}; if it has one, that
 * may overlook fields, and must not see more. Untyped values are equal if they are the same JSON.
 */
final class Likeness {
  private final JsonMapper mapper;
  private final PlainJson json;
  private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean isOfAnotherClass;

  private Likeness(JsonMapper mapper) {
    this.mapper = mapper;
    this.json = new PlainJson(mapper);
  }

  /**
   * Looks for a difference.
   *
   * @return null if they are equal, otherwise where they are not, and how
   */
  static @Nullable String difference(JsonMapper mapper, Object value, Object read) {
    Difference difference = new Likeness(mapper).compare(value, read);
    return difference == null ? null : "%s, at $%s".formatted(difference.how, difference.path);
  }

  private record Difference(String path, String how) {
    Difference in(String step) {
      return new Difference(step + path, how);
    }
  }

  private static @Nullable Difference unless(
      boolean equal, @Nullable Object a, @Nullable Object b) {
    if (equal) {
      return null;
    }
    boolean sameClass = a != null && b != null && a.getClass() == b.getClass();
    return new Difference(
        "", "%s would be read as %s".formatted(name(a), sameClass ? "another one" : name(b)));
  }

  private static String name(@Nullable Object value) {
    if (value instanceof Enum<?> constant) {
      return "the constant " + constant.name();
    }
    return value == null ? "null" : "an object of " + value.getClass().getTypeName();
  }

  private @Nullable Difference compare(@Nullable Object a, @Nullable Object b) {
    if (a == b) {
      return null;
    }
    if (a == null || b == null) {
      return unless(a != null && json.isNull(a), a, b);
    }
    if (a instanceof JsonNode && b instanceof JsonNode) {
      return unless(json.isSame(a, b), a, b);
    }
    if (a instanceof Map<?, ?> m && b instanceof Map<?, ?> n) {
      return maps(m, n);
    }
    if (a instanceof Collection<?> c && b instanceof Collection<?> d) {
      return d instanceof Set ? sets(c, d) : inOrder(c, d);
    }
    if (a instanceof Enum || a.getClass() != b.getClass()) {
      boolean equal = PlainJson.isPlain(b) && json.isSame(a, b);
      isOfAnotherClass |= !equal;
      return unless(equal, a, b);
    }
    if (a.getClass().isArray()) {
      return arrays(a, b);
    }
    if (a instanceof Optional<?> o && b instanceof Optional<?> p) {
      return o.isPresent() == p.isPresent()
          ? compare(o.orElse(null), p.orElse(null))
          : unless(false, a, b);
    }
    return State.isOfTheJdk(a.getClass())
        ? unless(JdkValues.areEqual(a, b, json), a, b)
        : objects(a, b);
  }

  private @Nullable Difference arrays(Object a, Object b) {
    int length = Array.getLength(a);
    Difference found = unless(length == Array.getLength(b), a, b);
    for (int i = 0; found == null && i < length; i++) {
      found = compare(Array.get(a, i), Array.get(b, i));
      found = found == null ? null : found.in("[%d]".formatted(i));
    }
    return found;
  }

  private @Nullable Difference inOrder(Collection<?> a, Collection<?> b) {
    Difference found = unless(a.size() == b.size(), a, b);
    Iterator<?> others = b.iterator();
    int i = 0;
    for (Iterator<?> each = a.iterator(); found == null && each.hasNext(); i++) {
      found = compare(each.next(), others.next());
      found = found == null ? null : found.in("[%d]".formatted(i));
    }
    return found;
  }

  private @Nullable Difference sets(Collection<?> a, Collection<?> b) {
    if (a instanceof SortedSet<?> s
        && b instanceof SortedSet<?> t
        && !Objects.equals(s.comparator(), t.comparator())) {
      return new Difference("", "the comparator of a sorted set would be lost");
    }
    Difference found = unless(a.size() == b.size(), a, b);
    Map<@Nullable Object, @Nullable Object> byEquals = new HashMap<>();
    b.forEach(element -> byEquals.put(element, element));
    List<@Nullable Object> rest = new ArrayList<>();
    for (Iterator<?> each = a.iterator(); found == null && each.hasNext(); ) {
      Object element = each.next();
      if (byEquals.containsKey(element)) {
        found = compare(element, byEquals.remove(element));
      } else {
        rest.add(element);
      }
    }
    return found == null ? pairs(rest, new ArrayList<>(byEquals.values())) : found.in("[]");
  }

  /** Elements without an equals of their own, in any order. */
  private @Nullable Difference pairs(List<?> a, List<?> b) {
    for (Object element : a) {
      Difference found = null;
      boolean paired = false;
      for (Iterator<?> others = b.iterator(); !paired && others.hasNext(); ) {
        found = compare(element, others.next());
        paired = found == null;
        if (paired) {
          others.remove();
        }
      }
      if (!paired) {
        return found == null ? unless(false, element, null) : found.in("[]");
      }
    }
    return null;
  }

  private @Nullable Difference maps(Map<?, ?> a, Map<?, ?> b) {
    if (a instanceof SortedMap<?, ?> s
        && b instanceof SortedMap<?, ?> t
        && !Objects.equals(s.comparator(), t.comparator())) {
      return new Difference("", "the comparator of a sorted map would be lost");
    }
    Difference found = unless(a.size() == b.size(), a, b);
    Iterator<? extends Map.Entry<?, ?>> each = a.entrySet().iterator();
    while (found == null && each.hasNext()) {
      Map.Entry<?, ?> entry = each.next();
      if (!b.containsKey(entry.getKey())) {
        // The keys of an untyped map become texts.
        boolean texts = b.keySet().stream().allMatch(String.class::isInstance);
        return unless(texts && json.isSame(a, b), a, b);
      }
      found = compare(entry.getValue(), b.get(entry.getKey()));
      found = found == null ? null : found.in("." + entry.getKey());
    }
    return found;
  }

  private @Nullable Difference objects(Object a, Object b) {
    if (!open.add(a)) {
      return null;
    }
    try {
      return byState(a, b);
    } finally {
      open.remove(a);
    }
  }

  private @Nullable Difference byState(Object a, Object b) {
    Class<?> type = a.getClass();
    State state = State.of(type);
    Set<String> ignored = ignored(type);
    Difference written = null;
    Difference unwritten = state.isPartOfTheJdk() ? unless(json.isSame(a, b), a, b) : null;
    for (Field field : state.fields()) {
      Difference found = fields(field, a, b);
      if (Modifier.isTransient(field.getModifiers())
          || Annotations.ignores(field)
          || ignored.contains(field.getName())) {
        unwritten = unwritten == null ? found : unwritten;
      } else {
        written = written == null ? found : written;
      }
    }
    if (!State.hasItsOwnEquals(type)) {
      return written;
    }
    boolean sayTheyAreEqual = a.equals(b);
    if (written != null) {
      // A field may hold what is computed on demand; but what is written must not be lost.
      boolean overlooked = sayTheyAreEqual && !isOfAnotherClass && json.isSame(a, b);
      return overlooked ? null : written;
    }
    return sayTheyAreEqual ? null : unwritten;
  }

  private @Nullable Difference fields(Field field, Object a, Object b) {
    try {
      ClassUtil.checkAndFixAccess(field, false);
      Difference found = compare(field.get(a), field.get(b));
      return found == null ? null : found.in("." + field.getName());
    } catch (IllegalAccessException | IllegalArgumentException e) {
      // Only Jackson may look into the class, and not at this field.
      return unless(json.isSame(a, b), a, b);
    }
  }

  private Set<String> ignored(Class<?> type) {
    return mapper
        ._serializationContext()
        .introspectBeanDescription(mapper.constructType(type))
        .getIgnoredPropertyNames();
  }
}
