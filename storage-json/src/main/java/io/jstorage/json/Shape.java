package io.jstorage.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.introspect.AnnotatedMember;

/**
 * The part of a type that has to be looked at in each value, because the type alone does not say
 * that the value comes back equal: an object of a subclass, a null where reading makes something
 * else of it. A value passes if nothing like that is in it; otherwise it has to be read back.
 */
final class Shape {
  private final Predicate<@Nullable Object> own;
  private final boolean looksAtItself;
  private final boolean isUntyped;
  private final List<Part> parts = new ArrayList<>();

  private Shape(@Nullable Predicate<@Nullable Object> own, boolean isUntyped) {
    this.own = own == null ? value -> true : own;
    this.looksAtItself = own != null;
    this.isUntyped = isUntyped;
  }

  /** Any value comes back equal, as far as its parts do. */
  static Shape ofAny() {
    return new Shape(null, false);
  }

  /** Any value comes back as the table of untyped values says. */
  static Shape ofUntyped(@Nullable Predicate<@Nullable Object> own) {
    return new Shape(own, true);
  }

  /** The values that pass come back equal, as far as their parts do. */
  static Shape of(Predicate<@Nullable Object> own) {
    return new Shape(own, false);
  }

  /**
   * Adds a property.
   *
   * @param accessor reads it
   * @param takesNull whether null comes back as null
   * @param shape that of its values
   */
  void addProperty(AnnotatedMember accessor, boolean takesNull, Shape shape) {
    parts.add(new Property(accessor, takesNull, shape));
  }

  /**
   * Adds the elements of a collection or an array, the values of a map, or what an Optional has.
   *
   * @param takesNull whether null comes back as null
   * @param shape that of the elements
   */
  void addElements(boolean takesNull, Shape shape) {
    parts.add(new Elements(takesNull, shape));
  }

  List<Shape> parts() {
    return parts.stream().map(Part::shape).toList();
  }

  /** Whether there is anything to look at before the parts of its parts. */
  boolean looks() {
    return looksAtItself || parts.stream().anyMatch(Part::looks);
  }

  boolean isUntyped() {
    return isUntyped;
  }

  /** Drops the parts in which nothing is looked at, so that nobody walks there. */
  void keepParts(Predicate<Shape> kept) {
    parts.removeIf(part -> !part.looks() && !kept.test(part.shape()));
  }

  boolean passes(@Nullable Object value) {
    if (!own.test(value)) {
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
    Shape shape();

    boolean looks();

    boolean passes(Object whole);
  }

  private record Property(AnnotatedMember accessor, boolean takesNull, Shape shape)
      implements Part {
    @Override
    public boolean looks() {
      return !takesNull;
    }

    @Override
    public boolean passes(Object whole) {
      Object value = accessor.getValue(whole);
      return (takesNull || value != null) && shape.passes(value);
    }
  }

  private record Elements(boolean takesNull, Shape shape) implements Part {
    @Override
    public boolean looks() {
      return !takesNull;
    }

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
      return !(whole instanceof Optional<?> some) || some.isEmpty() || shape.passes(some.get());
    }

    private boolean allPass(Iterable<?> elements) {
      for (Object element : elements) {
        if (element == null && !takesNull || !shape.passes(element)) {
          return false;
        }
      }
      return true;
    }
  }
}
