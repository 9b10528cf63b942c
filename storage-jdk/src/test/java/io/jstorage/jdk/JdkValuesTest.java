package io.jstorage.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Codec;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
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
import java.time.temporal.ChronoUnit;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The values that {@code serialized} stores although {@code serialized.allow} does not name their
 * classes.
 */
@SuppressWarnings({
  "JdkObsolete",
  "JavaUtilDate",
  "IdentityHashMapUsage",
  "IdentityHashMapBoxing"
}) // who has such collections wants to keep them
class JdkValuesTest {
  private final Codec<Object> codec = SerializedCodec.of(Object.class);

  static Stream<Object> values() {
    LocalDateTime time = LocalDateTime.of(2026, 11, 22, 23, 59, 59, 1);
    return Stream.of(
        true,
        (byte) 1,
        'c',
        (short) 1,
        1,
        1L,
        1f,
        1d,
        "text",
        "x".repeat(70_000),
        BigInteger.TEN.pow(50),
        new BigDecimal("1.50"),
        MathContext.DECIMAL32,
        RoundingMode.UP,
        URI.create("https://example.org/?q"),
        new UUID(1, 2),
        Currency.getInstance("EUR"),
        Locale.GERMANY,
        new Date(1),
        BitSet.valueOf(new long[] {5}),
        TimeUnit.DAYS,
        Duration.ofDays(1),
        Instant.EPOCH,
        time,
        LocalDate.EPOCH,
        LocalTime.NOON,
        time.atZone(ZoneId.of("Europe/Berlin")),
        ZonedDateTime.of(time, ZoneOffset.UTC),
        OffsetDateTime.MIN,
        OffsetTime.MAX,
        Year.of(2026),
        YearMonth.of(2026, 11),
        MonthDay.of(2, 29),
        Period.ofDays(3),
        ZoneId.of("Europe/Paris"),
        ZoneOffset.MAX,
        DayOfWeek.MONDAY,
        Month.MAY,
        ChronoUnit.DAYS,
        new byte[3_000_000],
        new int[][] {{1}, {2, 3}},
        new String[] {"x"},
        new Object[] {1, "x", List.of()},
        new Instant[] {Instant.EPOCH});
  }

  static Stream<Object> collections() {
    Map<Integer, Integer> map = Map.of(1, 2, 3, 4);
    List<Integer> list = List.of(1, 2, 3);
    return Stream.of(
        List.of(),
        List.of(1),
        list,
        Set.of(),
        Set.of(1),
        Set.of(1, 2, 3),
        Map.of(),
        Map.of(1, 2),
        map,
        list.stream().toList(),
        Arrays.asList(1, "x"),
        Arrays.asList(1, 2.0),
        Arrays.asList(list, list),
        new ArrayList<>(list),
        new LinkedList<>(list),
        new ArrayDeque<>(list),
        new PriorityQueue<>(list),
        new Vector<>(list),
        new Stack<>(),
        new HashMap<>(map),
        new LinkedHashMap<>(map),
        new TreeMap<>(map),
        new TreeMap<String, Integer>(Comparator.naturalOrder()),
        new TreeMap<String, Integer>(Comparator.reverseOrder()),
        new TreeMap<String, Integer>(String.CASE_INSENSITIVE_ORDER),
        new TreeMap<String, Integer>(Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER)),
        new HashSet<>(list),
        new LinkedHashSet<>(list),
        new TreeSet<>(list),
        new IdentityHashMap<>(Map.of(1, 2)),
        new Hashtable<>(map),
        new Properties(),
        new SimpleEntry<>(1, 2),
        new SimpleImmutableEntry<>(1, 2),
        EnumSet.of(DayOfWeek.FRIDAY),
        EnumSet.noneOf(DayOfWeek.class),
        new EnumMap<>(Map.of(DayOfWeek.FRIDAY, 1)),
        new ConcurrentHashMap<>(map),
        ConcurrentHashMap.newKeySet(),
        new ConcurrentLinkedDeque<>(list),
        new ConcurrentLinkedQueue<>(list),
        new ConcurrentSkipListMap<>(map),
        new ConcurrentSkipListSet<>(list),
        new CopyOnWriteArrayList<>(list),
        new CopyOnWriteArraySet<>(list),
        new ArrayList<>(Arrays.asList(1, null)));
  }

  static Stream<Object> wrappers() {
    return Stream.of(
        Collections.emptyList(),
        Collections.emptyMap(),
        Collections.emptySet(),
        Collections.emptyNavigableMap(),
        Collections.emptyNavigableSet(),
        Collections.singletonList(1),
        Collections.singleton(1),
        Collections.singletonMap(1, 2),
        Collections.newSetFromMap(new ConcurrentHashMap<>()),
        Collections.unmodifiableCollection(new ArrayDeque<>()),
        Collections.unmodifiableList(new ArrayList<>()),
        Collections.unmodifiableList(new LinkedList<>()),
        Collections.unmodifiableSet(new HashSet<>()),
        Collections.unmodifiableMap(new HashMap<>()),
        Collections.unmodifiableSortedMap(new TreeMap<>()),
        Collections.unmodifiableSortedSet(new TreeSet<>()),
        Collections.unmodifiableNavigableMap(new TreeMap<>()),
        Collections.unmodifiableNavigableSet(new TreeSet<>()),
        Collections.synchronizedCollection(new ArrayList<>()),
        Collections.synchronizedList(new ArrayList<>()),
        Collections.synchronizedList(new LinkedList<>()),
        Collections.synchronizedMap(new HashMap<>()),
        Collections.synchronizedSet(new HashSet<>()),
        Collections.synchronizedSortedMap(new TreeMap<>()),
        Collections.synchronizedSortedSet(new TreeSet<>()),
        Collections.synchronizedNavigableMap(new TreeMap<>()),
        Collections.synchronizedNavigableSet(new TreeSet<>()));
  }

  /** Tables that are large for what they hold, as far as honest ones get. */
  static Stream<Object> largeAndSparse() {
    Map<Object, Object> many = new HashMap<>();
    Map<Object, Object> sparse = new HashMap<>(16, 0.001f);
    Map<Object, Object> sparseTable = new Hashtable<>(16, 0.001f);
    IntStream.range(0, 30_000).forEach(i -> many.put("key" + i, i));
    IntStream.range(0, 1_000).forEach(i -> sparse.put(i, i));
    IntStream.range(0, 1_000).forEach(i -> sparseTable.put(i, i));
    Map<Object, Object> roomy = new HashMap<>(1 << 20);
    roomy.put(1, 1);
    return Stream.of(
        many,
        sparse,
        sparseTable,
        roomy,
        new ArrayList<>(1 << 20),
        new ArrayDeque<>(1 << 20),
        new HashSet<>(1 << 20, 0.01f),
        new Hashtable<>(1 << 20),
        new IdentityHashMap<>(1 << 16),
        new ConcurrentHashMap<>(1 << 20));
  }

  @ParameterizedTest
  @MethodSource({"values", "collections", "wrappers", "largeAndSparse"})
  void comesBackEqual(Object value) throws IOException {
    Object read = codec.decode(codec.encode(value));
    assertThat(read)
        .hasSameClassAs(value)
        .satisfiesAnyOf(
            same -> assertThat(Objects.deepEquals(same, value)).isTrue(),
            // Queues, wrappers of mere collections and identity maps compare by identity.
            same -> assertThat(same).hasToString(value.toString()));
  }
}
