package io.jstorage.pickle;

import static io.jstorage.pickle.PythonValues.dict;
import static io.jstorage.pickle.PythonValues.list;
import static io.jstorage.pickle.PythonValues.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value that is taken comes back equal, and every other one is refused with a reason. */
class RoundTripTest {
  private static final PickleCodec<Object> CODEC = PickleCodec.untyped();

  private static Object roundTrip(Object value) throws IOException {
    return CODEC.decode(CODEC.encode(value));
  }

  @Test
  void aRandomValueComesBackAsItWas() throws IOException {
    long seed = System.nanoTime();
    RandomValues values = new RandomValues(seed);
    int written = 0;
    for (int i = 0; i < 20_000; i++) {
      Object value = values.value();
      byte[] pickle;
      try {
        pickle = CODEC.encode(value);
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessageContaining("are one to Python");
        continue;
      }
      written++;
      try {
        Same.assertSame(CODEC.decode(pickle), value);
      } catch (IOException | AssertionError e) {
        throw new AssertionError("seed %d, value %d: %s".formatted(seed, i, value), e);
      }
    }
    assertThat(written).isGreaterThan(10_000);
  }

  static Stream<Object> collectionsOfOtherClasses() {
    Map<String, Long> map = Map.of("a", 1L, "b", 2L);
    return Stream.of(
        List.of(1L, "a"),
        List.of(),
        Arrays.asList(1L, null),
        Collections.nCopies(3, "x"),
        Collections.emptyList(),
        new CopyOnWriteArrayList<>(List.of(1L)),
        List.of(1L, 2L, 3L).subList(1, 3),
        Set.of(1L, 2L),
        new HashSet<>(List.of("a", "b")),
        new TreeSet<>(List.of("b", "a")),
        map.keySet(),
        map,
        new HashMap<>(map),
        new TreeMap<>(map),
        new ConcurrentHashMap<>(map),
        Collections.unmodifiableMap(map),
        Map.of(List.of(1L, List.of(2L)), "a", Set.of(Set.of(1L), 2L), "b"),
        Set.of(List.of(), Set.of()),
        Collections.singletonMap(null, null),
        Map.of(ByteBuffer.wrap(new byte[] {1, 2}), 1L),
        Map.of(ByteBuffer.allocateDirect(3), 1L),
        Map.of(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2), 1L),
        Tuple.copyOf(map.keySet()),
        FrozenSet.copyOf(map.keySet()));
  }

  @ParameterizedTest
  @MethodSource
  void collectionsOfOtherClasses(Object value) throws IOException {
    Object read = roundTrip(value);
    assertThat(read).isEqualTo(value);
    assertThat(value).isEqualTo(read);
    assertThat(read).hasSameHashCodeAs(value);
  }

  @Test
  void aBufferIsWrittenFromItsPositionAndStaysThere() throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
    Map<?, ?> read = (Map<?, ?>) roundTrip(Map.of(buffer, 1L));
    assertThat(read.keySet().iterator().next()).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
    assertThat(buffer.remaining()).isEqualTo(2);
  }

  @Test
  void aMapKeepsItsOrder() throws IOException {
    Map<?, ?> read = (Map<?, ?>) roundTrip(dict("z", 1L, 5L, 2L, "a", 3L));
    assertThat(List.copyOf(read.keySet())).isEqualTo(List.of("z", 5L, "a"));
  }

  @Test
  void textsThatAreKeysOftenAreWrittenOnce() throws IOException {
    Object row = Map.of("temperature", 1L);
    int one = CODEC.encode(List.of(row)).length;
    List<Object> rows = Collections.nCopies(300, row);
    assertThat(CODEC.encode(rows)).hasSizeLessThan(one + 300 * 10);
    assertThat(roundTrip(rows)).isEqualTo(rows);
  }

  @Test
  void manyKeysOfManyMapsComeBack() throws IOException {
    List<Object> maps = list();
    for (int i = 0; i < 3; i++) {
      Map<String, Long> map = new LinkedHashMap<>();
      for (long j = 0; j < 2_000; j++) {
        map.put("key " + j, j);
      }
      maps.add(map);
    }
    assertThat(roundTrip(maps)).isEqualTo(maps);
  }

  private enum Color {
    RED
  }

  private record Point(long x, long y) {}

  static Stream<Arguments> valuesThatWouldNotComeBackAreRefused() {
    String asLong = "it would come back as a Long";
    return Stream.of(
        Arguments.of(1, "a pickle has no java.lang.Integer: " + asLong),
        Arguments.of((short) 1, asLong),
        Arguments.of((byte) 1, asLong),
        Arguments.of(1f, "it would come back as a Double"),
        Arguments.of(BigInteger.ONE, "below 2^63: " + asLong),
        Arguments.of(BigInteger.valueOf(Long.MIN_VALUE), asLong),
        Arguments.of('a', "java.lang.Character"),
        Arguments.of(new AtomicLong(), "AtomicLong"),
        Arguments.of(CharBuffer.wrap("a"), "CharBuffer"),
        Arguments.of(Optional.of("a"), "Optional"),
        Arguments.of(Color.RED, "RoundTripTest$Color"),
        Arguments.of(DayOfWeek.MONDAY, "DayOfWeek"),
        Arguments.of(new Point(1, 2), "RoundTripTest$Point"),
        Arguments.of(new Object(), "a pickle has no java.lang.Object"),
        Arguments.of(new int[] {1}, "a pickle has no [I"),
        Arguments.of(new Object[] {"a"}, "[Ljava.lang.Object;"),
        Arguments.of(new BitSet(), "BitSet"),
        Arguments.of(new ArrayDeque<>(List.of(1L)), "ArrayDeque"),
        Arguments.of(Map.of("a", 1L).values(), "a pickle has no "),
        Arguments.of(ByteBuffer.allocate(1), "bytes that are no key are a byte[]"),
        Arguments.of(Instant.EPOCH, "Instant"),
        Arguments.of(Locale.ROOT, "Locale"),
        Arguments.of(ZonedDateTime.now(ZoneOffset.UTC), "ZonedDateTime"),
        Arguments.of(LocalDate.of(0, 1, 1), "Python has the years 1 to 9999, and not 0"),
        Arguments.of(LocalDate.of(10_000, 1, 1), "and not 10000"),
        Arguments.of(LocalDateTime.of(-5, 1, 1, 0, 0), "and not -5"),
        Arguments.of(LocalTime.of(0, 0, 0, 1), "Python has no nanoseconds"),
        Arguments.of(LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1_001), "no nanoseconds"),
        Arguments.of(OffsetTime.of(0, 0, 0, 1, ZoneOffset.UTC), "no nanoseconds"),
        Arguments.of(OffsetDateTime.MAX, "years"),
        Arguments.of(Duration.ofNanos(1), "no nanoseconds"),
        Arguments.of(Duration.ofDays(1_000_000_000), "Python has no timedelta of PT24000000000H"),
        Arguments.of(Duration.ofDays(-999_999_999).minusNanos(1_000), "no timedelta"),
        Arguments.of(Duration.ofSeconds(Long.MIN_VALUE), "no timedelta"),
        Arguments.of(new BigDecimal(BigInteger.TWO.pow(20_000)), "4300 digits"),
        Arguments.of(new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE), "is too large"),
        Arguments.of(new Fraction(BigInteger.ONE, BigInteger.TWO.pow(20_000)), "4300 digits"),
        Arguments.of(
            list("a", list(1L, 1)), "Long, or name the type of the values, in the value's [1][1]"),
        Arguments.of(dict("a", dict(5L, 1f)), "in the value's ['a'][5]"),
        Arguments.of(Map.of(1, "a"), "java.lang.Integer"),
        Arguments.of(Set.of(1), "java.lang.Integer"),
        Arguments.of(Map.of(new byte[1], 1L), "wrap it in a ByteBuffer"),
        Arguments.of(Set.of(List.of(new byte[1])), "wrap it in a ByteBuffer"),
        Arguments.of(Set.of(Map.of()), "can be no key of a dict and no element of a set"),
        Arguments.of(new EnumMap<>(Map.of(Color.RED, 1L)), "Color can be no key"));
  }

  @ParameterizedTest
  @MethodSource
  void valuesThatWouldNotComeBackAreRefused(Object value, String reason) {
    assertThatThrownBy(() -> CODEC.encode(value))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason);
  }

  static Stream<Set<@Nullable Object>> keysThatAreOneToPython() {
    OffsetDateTime noon = OffsetDateTime.of(2024, 1, 2, 12, 0, 0, 0, ZoneOffset.UTC);
    OffsetTime time = OffsetTime.of(12, 0, 0, 0, ZoneOffset.UTC);
    return Stream.of(
        set(1L, true),
        set(0L, false),
        set(1L, 1.0),
        set(0.0, -0.0),
        set(1.0, true),
        set(1L, new BigDecimal("1.00")),
        set(new BigDecimal("1"), new BigDecimal("1.0")),
        set(0.5, new BigDecimal("0.5")),
        set(0.5, Fraction.of(1, 2)),
        set(new BigDecimal("0.1"), Fraction.of(1, 10)),
        set(Fraction.of(2, 1), 2L),
        set(BigInteger.TWO.pow(64), 0x1p64),
        set(1e22, BigInteger.TEN.pow(22)),
        set(new BigDecimal("1E+22"), BigInteger.TEN.pow(22)),
        set(Tuple.of(1L, 2L), Tuple.of(1.0, 2L)),
        set(FrozenSet.of(1L), FrozenSet.of(1.0)),
        set(Tuple.of(FrozenSet.of(true)), Tuple.of(FrozenSet.of(1L))),
        set(noon, noon.withOffsetSameInstant(ZoneOffset.ofHours(5))),
        set(time, time.withOffsetSameInstant(ZoneOffset.ofHours(5))),
        set(FrozenSet.of(1L, 1.0)));
  }

  @ParameterizedTest
  @MethodSource
  void keysThatAreOneToPython(Set<@Nullable Object> keys) throws IOException {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    keys.forEach(key -> map.put(key, 1L));
    for (Object value : List.of(keys, map, list(Tuple.of(keys)))) {
      assertThatThrownBy(() -> CODEC.encode(value)).hasMessageContaining("are one to Python");
    }
    if (keys.size() > 1) {
      assertThatThrownBy(() -> CODEC.encode(FrozenSet.copyOf(keys)))
          .hasMessageContaining("are one to Python");
      for (Object key : keys) {
        assertThat(roundTrip(set(key))).isEqualTo(set(key));
      }
    }
  }

  static Stream<Set<@Nullable Object>> keysThatDifferInPythonToo() {
    OffsetTime time = OffsetTime.of(23, 0, 0, 0, ZoneOffset.UTC);
    return Stream.of(
        set(1L, 2.0, new BigDecimal("3.5"), Fraction.of(1, 3), false, null, "1"),
        set(0.1, new BigDecimal("0.1")),
        set(0.1, Fraction.of(1, 10)),
        set(1L << 53, (1L << 53) + 1, (double) (1L << 53) + 2),
        set(Double.NaN, 1.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY),
        set(new BigDecimal("1E+1000000000"), new BigDecimal("1E-1000000000"), 1L),
        set(Tuple.of(1L), FrozenSet.of(1L), 1L, "1", ByteBuffer.wrap(new byte[] {'1'})),
        // Python does not wrap these round midnight.
        set(time, OffsetTime.of(1, 0, 0, 0, ZoneOffset.ofHours(2))),
        set(LocalDate.of(2024, 1, 1), LocalDateTime.of(2024, 1, 1, 0, 0)));
  }

  @ParameterizedTest
  @MethodSource
  void keysThatDifferInPythonToo(Set<@Nullable Object> keys) throws IOException {
    Same.assertSame(roundTrip(keys), keys);
    Same.assertSame(roundTrip(FrozenSet.copyOf(keys)), FrozenSet.copyOf(keys));
  }

  @Test
  void bytesInAListAreThoseThatWerePut() throws IOException {
    Same.assertSame(
        roundTrip(list(new byte[] {1}, Tuple.of(new byte[] {2}))),
        list(new byte[] {1}, Tuple.of(new byte[] {2})));
  }

  @Test
  void changingWhatWasReadChangesNoKey() throws IOException {
    // {b'k': 1, 'v': the same bytes}
    byte[] pickle = HostilePickles.of("}(C\u0001kq\u0000K\u0001").text("v").then("h\u0000u").end();
    Map<?, ?> read = (Map<?, ?>) CODEC.decode(pickle);
    ((byte[]) java.util.Objects.requireNonNull(read.get("v")))[0] = 'x';
    assertThat(read.containsKey(ByteBuffer.wrap(new byte[] {'k'}))).isTrue();
  }

  @Test
  void aUuidOfAnyBitsComesBack() throws IOException {
    for (UUID uuid :
        List.of(new UUID(0, -1), new UUID(-1, 0), new UUID(1, 0), new UUID(0, 1L << 31))) {
      assertThat(roundTrip(uuid)).isEqualTo(uuid);
    }
  }

  @Test
  void itsContentTypeNamesPickles() {
    assertThat(CODEC.contentType()).isEqualTo("application/x-python-pickle");
    assertThat(CODEC).hasToString("pickle of java.lang.Object");
  }
}
