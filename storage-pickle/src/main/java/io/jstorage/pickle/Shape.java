package io.jstorage.pickle;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The knowledge that a type adds to that in a pickle. It checks both ways: a value that would be
 * read as another type is refused before it is written.
 */
abstract class Shape {
  /** Turns a value into what the writer takes, which is what the reader gives. */
  abstract Object lowered(Object value) throws Refusal;

  /** Turns what was read into a value of the type. */
  abstract Object raised(Object read) throws Refusal;

  /** Returns whether the two differ, and not merely check. */
  abstract boolean changes();

  final @Nullable Object lower(@Nullable Object value) throws Refusal {
    return value == null ? null : lowered(value);
  }

  final @Nullable Object raise(@Nullable Object read) throws Refusal {
    return read == null ? null : raised(read);
  }

  static Refusal mismatch(Object object, Class<?> wanted) {
    return new Refusal(
        "there is a %s where a value is of type %s"
            .formatted(object.getClass().getTypeName(), wanted.getTypeName()));
  }

  /** One of the two directions. */
  @FunctionalInterface
  interface Direction {
    Direction LOWER = Shape::lower;
    Direction RAISE = Shape::raise;

    @Nullable Object apply(Shape shape, @Nullable Object object) throws Refusal;
  }

  static @Nullable Object[] all(Collection<?> objects, Shape shape, Direction direction)
      throws Refusal {
    @Nullable Object[] all = objects.toArray();
    for (int i = 0; i < all.length; i++) {
      try {
        all[i] = direction.apply(shape, all[i]);
      } catch (Refusal e) {
        throw e.in(i);
      }
    }
    return all;
  }
}
