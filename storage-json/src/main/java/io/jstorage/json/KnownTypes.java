package io.jstorage.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The types of the JDK of which every value comes back equal, which the tests try at the ends of
 * their ranges. Those that are not here are read back: a Locale of three parts becomes another, a
 * BitSet an empty one, a File an absolute one.
 */
final class KnownTypes {
  private static final Set<Class<?>> SCALARS =
      Set.of(
          boolean.class,
          byte.class,
          short.class,
          int.class,
          long.class,
          float.class,
          double.class,
          char.class,
          String.class,
          byte[].class,
          char[].class,
          YearMonth.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class);

  /** These are equal as the names of a map's entries too. */
  private static final Set<Class<?>> KEYS =
      Set.of(
          Object.class,
          String.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Character.class,
          BigInteger.class,
          BigDecimal.class,
          Instant.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          OffsetTime.class,
          ZonedDateTime.class,
          Duration.class,
          Period.class,
          Year.class,
          MonthDay.class,
          DayOfWeek.class,
          Month.class,
          ZoneId.class,
          ZoneOffset.class,
          UUID.class,
          URI.class,
          Currency.class);

  private static final Set<Class<?>> COLLECTIONS =
      Set.of(
          Collection.class,
          List.class,
          ArrayList.class,
          LinkedList.class,
          CopyOnWriteArrayList.class,
          Queue.class,
          Deque.class,
          ArrayDeque.class);

  private static final Set<Class<?>> SETS =
      Set.of(
          Set.class,
          HashSet.class,
          LinkedHashSet.class,
          EnumSet.class,
          SortedSet.class,
          NavigableSet.class,
          TreeSet.class);

  private static final Set<Class<?>> MAPS =
      Set.of(
          Map.class,
          HashMap.class,
          LinkedHashMap.class,
          EnumMap.class,
          ConcurrentMap.class,
          ConcurrentHashMap.class,
          SortedMap.class,
          NavigableMap.class,
          TreeMap.class);

  private static final Set<Class<?>> IMMUTABLE_SETS =
      Set.of(Set.of(1).getClass(), Set.of(1, 2, 3).getClass());

  private static final Set<Class<?>> TREES =
      Set.of(JsonNode.class, ObjectNode.class, ArrayNode.class);

  private static final Set<Class<?>> OPTIONALS =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  private KnownTypes() {}

  static boolean isScalar(Class<?> type) {
    return SCALARS.contains(type) || (isKey(type) && type != Object.class);
  }

  static boolean isKey(Class<?> type) {
    return KEYS.contains(type);
  }

  static boolean isCollection(Class<?> type) {
    return COLLECTIONS.contains(type) || isSet(type);
  }

  static boolean isSet(Class<?> type) {
    return SETS.contains(type);
  }

  static boolean isMap(Class<?> type) {
    return MAPS.contains(type);
  }

  static boolean isTree(Class<?> type) {
    return TREES.contains(type);
  }

  /** An Optional is read as an empty one, a tree as a NullNode. */
  static boolean readsNullAsAnother(Class<?> type) {
    return type == JsonNode.class || OPTIONALS.contains(type);
  }

  /**
   * Not one that has two equal elements, by identity or by a comparator, or an order of its own.
   */
  static boolean isPlainSet(@Nullable Object value) {
    return value == null
        || !isUnexpectedSet(value.getClass())
        || (value instanceof SortedSet<?> sorted && sorted.comparator() == null);
  }

  static boolean isUnexpectedSet(Class<?> type) {
    // The most frequent first, as this is asked of each set that is a value.
    return type != HashSet.class
        && type != LinkedHashSet.class
        && Set.class.isAssignableFrom(type)
        && !IMMUTABLE_SETS.contains(type)
        && !EnumSet.class.isAssignableFrom(type);
  }

  static boolean isPlainMap(@Nullable Object value) {
    return !(value instanceof SortedMap<?, ?> sorted) || sorted.comparator() == null;
  }
}
