package io.jstorage.pickle;

import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Makes the {@link Shape} of a type, or finds that no pickle is read as such. */
final class Shapes {
  private static final List<Class<?>> SCALARS =
      List.of(
          Boolean.class,
          Long.class,
          BigInteger.class,
          Double.class,
          String.class,
          BigDecimal.class,
          Fraction.class,
          UUID.class,
          LocalDate.class,
          LocalTime.class,
          OffsetTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          Duration.class,
          ZoneOffset.class);

  private static final List<Class<?>> VALUES =
      List.of(
          byte[].class,
          ArrayList.class,
          Tuple.class,
          LinkedList.class,
          LinkedHashSet.class,
          FrozenSet.class,
          LinkedHashMap.class);

  private static final List<Class<?>> KEYS =
      List.of(ByteBuffer.class, Tuple.class, FrozenSet.class);

  private Shapes() {}

  /**
   * Returns the shape of the values of a type.
   *
   * @throws IllegalArgumentException if no pickle is read as that type
   */
  static Shape of(Type type) {
    return of(type, false);
  }

  private static Shape of(Type type, boolean isKey) {
    if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0], isKey);
    }
    if (type instanceof Class<?> named) {
      Class<?> boxed = MethodType.methodType(named).wrap().returnType();
      NumberShape number = NumberShape.of(boxed);
      return number != null ? number : plain(boxed, type, isKey);
    }
    if (type instanceof ParameterizedType parameterized
        && parameterized.getRawType() instanceof Class<?> raw) {
      return parameterized(raw, parameterized, isKey);
    }
    throw unknown(type);
  }

  private static PlainShape plain(Class<?> c, Type type, boolean isKey) {
    boolean isRead =
        SCALARS.stream().anyMatch(c::isAssignableFrom)
            || (isKey ? KEYS : VALUES).stream().anyMatch(c::isAssignableFrom);
    if (!isRead) {
      throw unknown(type);
    }
    return new PlainShape(c, isKey);
  }

  private static Shape parameterized(Class<?> raw, ParameterizedType type, boolean isKey) {
    PlainShape itself = plain(raw, type, isKey);
    Type[] arguments = type.getActualTypeArguments();
    if (Map.class.isAssignableFrom(raw)) {
      return new MapShape(itself, of(arguments[0], true), of(arguments[1], false));
    }
    if (Iterable.class.isAssignableFrom(raw)) {
      boolean ofKeys = isKey || Set.class.isAssignableFrom(raw);
      Shape shape = new CollectionShape(itself, of(arguments[0], ofKeys));
      if (isKey && shape.changes()) {
        // Such keys would be hashed once more, as lists that a hash table finds no order of.
        throw unknown(type);
      }
      return shape;
    }
    // Such as Comparable<String>, whose argument tells nothing about elements.
    return itself;
  }

  private static IllegalArgumentException unknown(Type type) {
    return new IllegalArgumentException(
        "no pickle is read as %s. The types are Object, Boolean, numbers, String, byte[] (as a key ByteBuffer), UUID, those of java.time that Python has, Fraction, Tuple, FrozenSet, and List, Set and Map of these"
            .formatted(type.getTypeName()));
  }
}
