package io.jstorage.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.introspect.AnnotatedMember;

/**
 * A type of which most values come back equal, with what has to be looked at in a value to know
 * that it does: an object of a subclass, a null where reading makes something else of it. A value
 * passes if nothing like that is in it; otherwise it has to be read back.
 */
final class Shape {
  private final @Nullable Predicate<@Nullable Object> own;
  private final @Nullable Predicate<Class<?>> unexpected;
  private final boolean onlyALookTells;
  private final boolean isUntyped;
  private final List<Part> parts = new ArrayList<>();

  private Shape(
      @Nullable Predicate<@Nullable Object> own,
      @Nullable Predicate<Class<?>> unexpected,
      boolean onlyALookTells,
      boolean isUntyped) {
    this.own = own;
    this.unexpected = unexpected;
    this.onlyALookTells = onlyALookTells;
    this.isUntyped = isUntyped;
  }

  /** Any value comes back equal, as far as its parts do. */
  static Shape ofAny() {
    return new Shape(null, null, false, false);
  }

  /** Any value comes back as the table of untyped values says. */
  static Shape ofUntyped() {
    return new Shape(null, null, false, true);
  }

  /** Values that pass come back equal, as far as their parts do. */
  static Shape ofThose(Predicate<@Nullable Object> own) {
    return new Shape(own, null, true, false);
  }

  /** The same, where those that do not pass are of unexpected classes. */
  static Shape ofThose(Predicate<@Nullable Object> own, Predicate<Class<?>> unexpected) {
    return new Shape(own, unexpected, false, false);
  }

  /**
   * Adds a property.
   *
   * @param accessor reads it
   * @param nulls what becomes of null
   * @param shape that of its values
   */
  void addProperty(AnnotatedMember accessor, Nulls nulls, Shape shape) {
    parts.add(new Property(accessor, nulls, shape));
  }

  /**
   * Adds the elements of a collection or an array, the values of a map, or what an Optional has.
   *
   * @param nulls what becomes of null
   * @param shape that of the elements
   */
  void addElements(Nulls nulls, Shape shape) {
    parts.add(new Elements(nulls, shape));
  }

  /** The result of reading null in a place. */
  enum Nulls {
    /** Null. */
    COME_BACK,
    /** Something else, which a look at the value finds. */
    ARE_WATCHED,
    /** Something else, which only a look at the value detects. */
    ARE_LOOKED_FOR
  }

  /** Whether two values that differ may have one JSON. */
  boolean isUntypedSomewhere() {
    return all().stream().anyMatch(shape -> shape.isUntyped);
  }

  private Set<Shape> all() {
    Set<Shape> all = new LinkedHashSet<>();
    List<Shape> open = new ArrayList<>(List.of(this));
    while (!open.isEmpty()) {
      Shape shape = open.remove(open.size() - 1);
      if (all.add(shape)) {
        shape.parts.forEach(part -> open.add(part.shape()));
      }
    }
    return all;
  }

  /** Drops the parts that need no look, so that they are not visited. */
  void prune() {
    Set<Shape> all = all();
    Set<Shape> looking = new HashSet<>();
    boolean found = true;
    while (found) {
      found = false;
      for (Shape shape : all) {
        boolean looks =
            shape.onlyALookTells
                || shape.unexpected != null
                || shape.parts.stream().anyMatch(part -> leads(part, looking));
        found |= looks && looking.add(shape);
      }
    }
    all.forEach(shape -> shape.parts.removeIf(part -> !leads(part, looking)));
  }

  private static boolean leads(Part part, Set<Shape> looking) {
    return part.nulls() != Nulls.COME_BACK || looking.contains(part.shape());
  }

  /** Whether the value passes, apart from its parts. */
  boolean passesItself(@Nullable Object value) {
    return own == null || own.test(value);
  }

  boolean passes(@Nullable Object value) {
    if (!passesItself(value)) {
      return false;
    }
    if (value != null) {
      for (Part part : parts) {
        if (!part.passes(value)) {
          return false;
        }
      }
    }
    return true;
  }

  private interface Part {
    Nulls nulls();

    Shape shape();

    boolean passes(Object whole);

    default boolean takes(@Nullable Object value) {
      return value == null ? nulls() == Nulls.COME_BACK : shape().passes(value);
    }
  }

  private record Property(AnnotatedMember accessor, Nulls nulls, Shape shape) implements Part {
    @Override
    public boolean passes(Object whole) {
      return takes(accessor.getValue(whole));
    }
  }

  private record Elements(Nulls nulls, Shape shape) implements Part {
    @Override
    public boolean passes(Object whole) {
      if (whole instanceof Iterable<?> elements) {
        return allPass(elements);
      }
      if (whole instanceof Map<?, ?> map) {
        return allPass(map.values());
      }
      if (whole instanceof Object[] array) {
        return allPass(Arrays.asList(array));
      }
      return !(whole instanceof Optional<?> some) || some.isEmpty() || takes(some.get());
    }

    private boolean allPass(Iterable<?> elements) {
      for (Object element : elements) {
        if (!takes(element)) {
          return false;
        }
      }
      return true;
    }
  }
}
