package io.jstorage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UntypedValuesTest {
  record Point(int x, int y) {}

  enum Colour {
    RED
  }

  @Test
  void aMapIsWrittenWithoutWhiteSpace() throws IOException {
    assertThat(Json.UNTYPED.encode(Map.of("text", "Hello World!")))
        .asString()
        .isEqualTo("{\"text\":\"Hello World!\"}");
  }

  @Test
  void anObjectIsReadAsAMapInTheOrderOfTheText() throws IOException {
    assertThat(Json.read(" { \"z\" : 1 , \"a\" : [ true , false , null , { } ] , \"m\" : null } "))
        .isInstanceOf(LinkedHashMap.class)
        .hasToString("{z=1, a=[true, false, null, {}], m=null}");
  }

  @Test
  void decodedMapsAreMutable() throws IOException {
    @SuppressWarnings("unchecked")
    Map<String, Object> value = (Map<String, Object>) Json.read("{\"a\":[]}");
    value.put("b", 1L);
    assertThat(value).isEqualTo(Map.of("a", List.of(), "b", 1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1.5", "true", "\"\"", "[]", "{}", "[null]"})
  void anyJsonButNullMayStandAlone(String json) throws IOException {
    assertThat(Json.write(Json.read(json))).isEqualTo(json);
  }

  static Stream<Arguments> valuesThatComeBackAsOtherTypes() {
    Map<Object, Object> keys = new LinkedHashMap<>();
    keys.put(1, 'a');
    keys.put(Colour.RED, Optional.empty());
    return Stream.of(
        Arguments.of(1, 1L),
        Arguments.of((short) 1, 1L),
        Arguments.of((byte) 1, 1L),
        Arguments.of(BigInteger.ONE, 1L),
        Arguments.of(0.1f, 0.1),
        Arguments.of(new BigDecimal("1.10"), 1.1),
        Arguments.of('c', "c"),
        Arguments.of(Colour.RED, "RED"),
        Arguments.of(new UUID(0, 1), "00000000-0000-0000-0000-000000000001"),
        Arguments.of(Instant.ofEpochSecond(0, 1), "1970-01-01T00:00:00.000000001Z"),
        Arguments.of(LocalDate.of(2026, 1, 2), "2026-01-02"),
        Arguments.of(new byte[] {1, 2, 3}, "AQID"),
        Arguments.of(new int[] {1, 2}, List.of(1L, 2L)),
        Arguments.of(Set.of("a"), List.of("a")),
        Arguments.of(Optional.of("a"), "a"),
        Arguments.of(new Point(1, 2), Map.of("x", 1L, "y", 2L)),
        Arguments.of(keys, mapOf("1", "a", "RED", null)));
  }

  private static Map<String, @Nullable Object> mapOf(
      String key1, Object value1, String key2, @Nullable Object value2) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(key1, value1);
    map.put(key2, value2);
    return map;
  }

  @ParameterizedTest
  @MethodSource
  void valuesThatComeBackAsOtherTypes(Object written, Object read) throws IOException {
    assertThat(Json.UNTYPED.decode(Json.UNTYPED.encode(written))).isEqualTo(read);
  }

  @Test
  void aTypeIsNeverReadFromTheData() throws IOException {
    String payload = "{\"@class\":\"java.io.File\",\"a\":[\"java.io.File\",\"/etc/passwd\"]}";
    assertThat(Json.read(payload))
        .isEqualTo(Map.of("@class", "java.io.File", "a", List.of("java.io.File", "/etc/passwd")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\0", "\u001f\u007f\u0085\u2028\ufeff\uffff", "\"\\/\b\f\n\r\t", "ü", "😀"})
  void anyTextComesBackAsAStringAndAsAName(String text) throws IOException {
    Object value = Map.of(text, List.of(text));
    assertThat(Json.UNTYPED.decode(Json.UNTYPED.encode(value))).isEqualTo(value);
  }

  @Test
  void textBeyondAsciiIsWrittenAsItself() throws IOException {
    assertThat(Json.write("ü😀")).isEqualTo("\"ü😀\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\udc00b", "\udc00\ud800"})
  void aStringWithAnUnpairedSurrogateComesBackByItsEscape(String text) throws IOException {
    assertThat(Json.write(text)).isASCII();
    assertThat(Json.UNTYPED.decode(Json.UNTYPED.encode(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\udc00b", "\udc00\ud800", "😀\ud800"})
  void aNameWithAnUnpairedSurrogateIsRefused(String name) {
    assertThatThrownBy(() -> Json.write(Map.of(name, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("a name has an unpaired surrogate");
  }

  @Test
  @Tag("once")
  void randomValuesComeBackEqualAndOfTheSameTypes() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      Object value = randomValue(random, 4);
      byte[] json = Json.UNTYPED.encode(value);
      Object read = Json.UNTYPED.decode(json.clone());
      assertThat(read).as("seed %d, value %d", seed, i).isEqualTo(value);
      assertThat(Json.UNTYPED.encode(read)).isEqualTo(json);
    }
  }

  private static Object randomValue(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0 -> random.nextLong() >> random.nextInt(64);
      case 1 -> new BigInteger(70 + random.nextInt(200), random).setBit(65).negate();
      case 2 -> randomDouble(random);
      case 3 -> randomDecimal(random);
      case 4 -> random.nextBoolean();
      case 5 -> randomText(random);
      case 6 -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
          list.add(random.nextInt(10) == 0 ? null : randomValue(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int n = random.nextInt(5); n > 0; n--) {
          Object value = random.nextInt(10) == 0 ? null : randomValue(random, depth - 1);
          map.put(randomText(random), value);
        }
        yield map;
      }
    };
  }

  private static double randomDouble(Random random) {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? value : random.nextInt(1000) / 100.0;
  }

  /** Returns a number with more digits than a double keeps. */
  private static BigDecimal randomDecimal(Random random) {
    BigInteger digits = new BigInteger(100, random).setBit(99).setBit(0);
    return new BigDecimal(digits, 1 + random.nextInt(1000));
  }

  private static String randomText(Random random) {
    return random
        .ints(random.nextInt(12), 0, Character.MAX_CODE_POINT + 1)
        .map(c -> random.nextBoolean() ? c % 128 : c)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  @Tag("once")
  void manyThreadsShareOneCodec() {
    List<Object> values = Arrays.asList(1L, "a", List.of(Map.of("b", 0.5)));
    assertThat(
            Stream.generate(() -> values)
                .limit(20_000)
                .parallel()
                .filter(v -> !v.equals(reread(v)))
                .count())
        .isZero();
  }

  private static Object reread(Object value) {
    try {
      return Json.UNTYPED.decode(Json.UNTYPED.encode(value));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
