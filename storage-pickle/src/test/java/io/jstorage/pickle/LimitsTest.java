package io.jstorage.pickle;

import static io.jstorage.pickle.PythonValues.deque;
import static io.jstorage.pickle.PythonValues.dict;
import static io.jstorage.pickle.PythonValues.list;
import static io.jstorage.pickle.PythonValues.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.TypeRef;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A limit is one for both ways: what may be written may be read, and what may not may not. */
class LimitsTest {
  private static PickleCodec.Builder<Object> builder() {
    return PickleCodec.builder(TypeRef.of(Object.class));
  }

  private static final PickleCodec<Object> WIDE = builder().maxDepth(1_000).build();

  private interface Attempt {
    void run() throws IOException;
  }

  /** Returns whether something is within a limit; no other reason is taken. */
  private static boolean isWithin(String option, Attempt attempt) {
    try {
      attempt.run();
      return true;
    } catch (IOException e) {
      assertThat(e).hasMessageContaining(option);
      return false;
    }
  }

  /** Returns the least limit with which a value is taken, which must be the same both ways. */
  private static int leastLimit(
      Object value, String option, IntFunction<PickleCodec<Object>> codecOf) throws IOException {
    byte[] pickle = WIDE.encode(value);
    for (int limit = 1; limit < 20_000; limit++) {
      PickleCodec<Object> codec = codecOf.apply(limit);
      boolean isWritten = isWithin(option, () -> codec.encode(value));
      assertThat(isWithin(option, () -> codec.decode(pickle)))
          .as("%s of %d, reading %s", option, limit, value)
          .isEqualTo(isWritten);
      if (isWritten) {
        Same.assertSame(codec.decode(codec.encode(value)), value);
        return limit;
      }
    }
    throw new AssertionError("no limit is enough for " + value);
  }

  static Stream<Object> values() {
    ByteBuffer longKey = ByteBuffer.wrap(new byte[3_000]);
    String text = "x".repeat(2_000);
    BigInteger number = BigInteger.ONE.shiftLeft(20_000);
    OffsetDateTime time = OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(1));
    return Stream.of(
        1L,
        list(),
        list(1L, 2L, null),
        list(list(list()), list(), 1L),
        dict("a", 1L, "b", list(2L)),
        dict(Tuple.of(1L, Tuple.of(2L)), dict()),
        set(1L, FrozenSet.of(1L, FrozenSet.of(2L))),
        deque(1L, deque(), Tuple.of()),
        list(time, time, time, time),
        list(new UUID(1, 2), new UUID(3, 4), new BigDecimal("1.5"), Fraction.of(1, 3)),
        dict(longKey, 1L),
        set(Tuple.of(longKey, text), text, number),
        FrozenSet.of(FrozenSet.of(longKey), Tuple.of(text, FrozenSet.of(number))),
        list(text, text, number, new byte[3_000]),
        dict(Tuple.of(FrozenSet.of(longKey)), FrozenSet.of(longKey)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void elementsCountTheSameBothWays(Object value) throws IOException {
    leastLimit(value, "pickle.elements", limit -> builder().maxElements(limit).build());
  }

  @ParameterizedTest
  @MethodSource("values")
  void levelsCountTheSameBothWays(Object value) throws IOException {
    leastLimit(value, "pickle.depth", limit -> builder().maxDepth(Math.min(1_000, limit)).build());
  }

  @Test
  void randomValuesCountTheSameBothWays() throws IOException {
    long seed = System.nanoTime();
    RandomValues random = new RandomValues(seed);
    for (int i = 0; i < 300; i++) {
      Object value = random.value();
      try {
        WIDE.encode(value);
      } catch (Refusal keysThatAreOne) {
        continue;
      }
      leastLimit(value, "pickle.elements", limit -> builder().maxElements(limit).build());
      leastLimit(value, "pickle.depth", limit -> builder().maxDepth(limit).build());
    }
  }

  @Test
  void theElementsOfAValueAreItselfAndAllWithinIt() throws IOException {
    IntFunction<PickleCodec<Object>> limited = limit -> builder().maxElements(limit).build();
    assertThat(leastLimit(1L, "pickle.elements", limited)).isEqualTo(1);
    assertThat(leastLimit(list(1L, 2L), "pickle.elements", limited)).isEqualTo(3);
    assertThat(leastLimit(dict("a", 1L), "pickle.elements", limited)).isEqualTo(3);
    assertThat(leastLimit(set("x".repeat(1_024)), "pickle.elements", limited)).isEqualTo(2);
    assertThat(leastLimit(set("x".repeat(6_400)), "pickle.elements", limited)).isEqualTo(102);
  }

  @Test
  void sharedObjectsCountEachTime() throws IOException {
    // Ten lists within one another, each twice in the next.
    byte[] pickle = HostilePickles.of("]").then("2\u0086".repeat(10)).end();
    assertThat(
            isWithin("pickle.elements", () -> builder().maxElements(2_047).build().decode(pickle)))
        .isTrue();
    assertThat(
            isWithin("pickle.elements", () -> builder().maxElements(2_046).build().decode(pickle)))
        .isFalse();
  }

  @Test
  void bytesAreCountedBothWays() throws IOException {
    for (Object value : List.of("text", new byte[1_000], list(1L, 2.5), new UUID(1, 2))) {
      byte[] pickle = WIDE.encode(value);
      PickleCodec<Object> exact = builder().maxBytes(pickle.length).build();
      Same.assertSame(exact.decode(exact.encode(value)), value);
      PickleCodec<Object> small = builder().maxBytes(pickle.length - 1).build();
      assertThatThrownBy(() -> small.encode(value))
          .hasMessage(
              "the pickle has more than %d bytes (pickle.limit)".formatted(pickle.length - 1));
      assertThatThrownBy(() -> small.decode(pickle))
          .hasMessage(
              "the pickle has more than %d bytes (pickle.limit)".formatted(pickle.length - 1));
    }
  }

  @Test
  void aMemoThatIsTooSmallIsNotWrittenTo() throws IOException {
    List<@Nullable Object> rows = list();
    for (int i = 0; i < 20; i++) {
      rows.add(dict("name " + i, new BigDecimal(i), "value", new UUID(i, i)));
    }
    for (int memo = 1; memo < 30; memo++) {
      PickleCodec<Object> codec = builder().maxMemo(memo).build();
      Same.assertSame(codec.decode(codec.encode(rows)), rows);
    }
    byte[] pickle = WIDE.encode(rows);
    assertThatThrownBy(() -> builder().maxMemo(5).build().decode(pickle))
        .hasMessageContaining("the memo has 5 at most (pickle.memo)");
  }

  @Test
  void aListOfDatesFitsTheDefaultMemo() throws IOException {
    // As Python writes dates in a list: the bytes, the arguments and the date are numbered.
    HostilePickles dates = HostilePickles.of("\u0080\u0004]\u0094(");
    dates.text("datetime").then("\u0094").text("date").then("\u0094\u0093\u0094q\u00000");
    dates.times(300_000, "h\u0000C\u0004\u0007\u00e8\u0001\u0001\u0094\u0085\u0094R\u0094");
    assertThat((List<?>) WIDE.decode(dates.then("e").end())).hasSize(300_000);
  }

  @Test
  void theDefaultLimitsTakeWhatIsUsual() throws IOException {
    Object large = Collections.nCopies(999_999, 1.5);
    assertThat(PickleCodec.untyped().decode(PickleCodec.untyped().encode(large))).isEqualTo(large);
    assertThatThrownBy(() -> PickleCodec.untyped().encode(Collections.nCopies(1_000_000, 1.5)))
        .hasMessageContaining("more than 1000000 elements");
    byte[] bytes = new byte[(64 << 20) - 8];
    assertThat(PickleCodec.untyped().decode(PickleCodec.untyped().encode(bytes))).isEqualTo(bytes);
    assertThatThrownBy(() -> PickleCodec.untyped().encode(new byte[64 << 20]))
        .hasMessageContaining("more than 67108864 bytes");
  }

  private static Object nested(int levels) {
    Object value = "core";
    for (int i = 0; i < levels; i++) {
      value =
          switch (i % 4) {
            case 0 -> list(value);
            case 1 -> Tuple.of(value);
            case 2 -> dict("a", value);
            default -> deque(value);
          };
    }
    return value;
  }

  @Test
  void fiveHundredLevelsAreTakenOnTheStackOfAnyThread() throws Exception {
    onStackOf(
        1 << 20,
        () -> {
          Object deepest = nested(500);
          Same.assertSame(
              PickleCodec.untyped().decode(PickleCodec.untyped().encode(deepest)), deepest);
          Object deepKey = Map.of(nestedKey(498), 1L);
          assertThat(PickleCodec.untyped().decode(PickleCodec.untyped().encode(deepKey)))
              .isEqualTo(deepKey);
        });
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** Runs a step on a thread with a stack of so many bytes. */
  private static void onStackOf(int bytes, Step step) throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                step.run();
              } catch (IOException | Error e) {
                failures.add(e);
              }
            },
            "stack of " + bytes,
            bytes);
    thread.start();
    thread.join();
    assertThat(failures).isEmpty();
  }

  private static Object nestedKey(int levels) {
    Object value = Tuple.of();
    for (int i = 0; i < levels; i++) {
      value = i % 2 == 0 ? FrozenSet.of(value) : Tuple.of(value);
    }
    return value;
  }

  @Test
  void aThousandLevelsAreTakenWhereTheyAreAllowed() throws Exception {
    onStackOf(
        4 << 20,
        () -> {
          Object deepest = nested(1_000);
          Same.assertSame(WIDE.decode(WIDE.encode(deepest)), deepest);
          assertThatThrownBy(() -> WIDE.encode(nested(1_001)))
              .hasMessageContaining("more than 1000 containers within one another (pickle.depth)");
        });
  }

  @Test
  void cyclesAreNotWritten() {
    List<@Nullable Object> itself = list();
    itself.add(itself);
    Map<@Nullable Object, @Nullable Object> map = dict();
    map.put("self", Tuple.of(map));
    for (Object value : List.of(itself, map)) {
      assertThatThrownBy(() -> PickleCodec.untyped().encode(value))
          .hasMessageContaining("more than 500 containers within one another")
          .message()
          .hasSizeLessThan(300);
    }
  }

  @Test
  void limitsThatAreNoneAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().maxBytes(0))
        .withMessage("maxBytes is from 1 to 2147483647, not 0");
    assertThatIllegalArgumentException().isThrownBy(() -> builder().maxElements(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().maxMemo(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().maxDepth(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().maxDepth(1_001))
        .withMessage("maxDepth is from 1 to 1000, not 1001");
  }
}
