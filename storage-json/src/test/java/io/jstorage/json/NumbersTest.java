package io.jstorage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.TypeRef;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  static Stream<Arguments> aNumberIsReadAsTheSimplestTypeThatHoldsItExactly() {
    return Stream.of(
        Arguments.of("0", 0L),
        Arguments.of("-0", 0L),
        Arguments.of("9007199254740993", 9_007_199_254_740_993L),
        Arguments.of("9223372036854775807", Long.MAX_VALUE),
        Arguments.of("-9223372036854775808", Long.MIN_VALUE),
        Arguments.of("9223372036854775808", new BigInteger("9223372036854775808")),
        Arguments.of(
            "123456789012345678901234567890", new BigInteger("123456789012345678901234567890")),
        Arguments.of("1.0", 1.0),
        Arguments.of("1.10", 1.1),
        Arguments.of("0.1", 0.1),
        Arguments.of("1E2", 100.0),
        Arguments.of("1e23", Double.parseDouble("1e23")),
        Arguments.of("2e-322", 40 * Double.MIN_VALUE),
        Arguments.of("4.9E-324", Double.MIN_VALUE),
        Arguments.of("1.7976931348623157e+308", Double.MAX_VALUE),
        Arguments.of("-0.0", -0.0),
        Arguments.of("-0.00e9", -0.0),
        Arguments.of("0e999999999", 0.0),
        Arguments.of("0.1000000000000000055", new BigDecimal("0.1000000000000000055")),
        Arguments.of("9007199254740993.0", new BigDecimal("9007199254740993.0")),
        Arguments.of("1e400", new BigDecimal("1E+400")),
        Arguments.of("-1e400", new BigDecimal("-1E+400")),
        Arguments.of("1e-400", new BigDecimal("1E-400")),
        Arguments.of("1e2147483647", new BigDecimal("1E+2147483647")));
  }

  @ParameterizedTest
  @MethodSource
  void aNumberIsReadAsTheSimplestTypeThatHoldsItExactly(String json, Number number)
      throws IOException {
    assertThat(Json.read(json)).isEqualTo(number);
    assertThat(Json.read("{\"a\":[" + json + "]}")).isEqualTo(Map.of("a", List.of(number)));
    assertThat(Json.read(JsonCodec.of(new TypeRef<List<Number>>() {}), "[" + json + "]"))
        .isEqualTo(List.of(number));
  }

  /** {@code Double.toString} of Java 17 and 18 has more digits for some of these. */
  @ParameterizedTest
  @ValueSource(strings = {"1.0E23", "2.0E-322", "0.001", "2.2E-322", "100.0", "1.0E7"})
  void aDoubleIsWrittenAsItsShortestTextOnEveryJava(String text) throws IOException {
    assertThat(Json.write(Double.parseDouble(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E+400", "1E+2147483647", "1E-2147483647", "-1.50E-1000", "0E+10"})
  void aDecimalKeepsItsDigits(String text) throws IOException {
    BigDecimal value = new BigDecimal(text);
    var codec = JsonCodec.of(BigDecimal.class);
    assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
  }

  static Stream<Object> numbersUnknownToJsonAreNotWritten() {
    DoubleAdder none = new DoubleAdder();
    none.add(Double.NaN);
    return Stream.of(
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Float.NaN,
        Float.NEGATIVE_INFINITY,
        none,
        new double[] {1, Double.NaN},
        new float[] {1, Float.NaN},
        OptionalDouble.of(Double.NaN));
  }

  @ParameterizedTest
  @MethodSource
  void numbersUnknownToJsonAreNotWritten(Object value) {
    assertThatThrownBy(() -> Json.write(List.of(value)))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("'?(NaN|-?Infinity)'? is not a number in JSON.*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NaN", "Infinity", "-Infinity", "+1", "01", ".5", "5.", "0x10", "1e", "-"})
  void invalidNumbersAreNotRead(String text) {
    assertThatThrownBy(() -> Json.read(text)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Json.read("[" + text + "]")).isInstanceOf(IOException.class);
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Doubles(
      double a,
      Double b,
      float c,
      Float d,
      double[] e,
      float[] f,
      Optional<Double> g,
      List<Double> h) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\":1e400", "\"b\":1e400", "\"c\":1e39", "\"d\":-1e39", "\"e\":[0,1e400]",
        "\"f\":[0,1e39]", "\"g\":1e400", "\"h\":[1e400]", "\"a\":\"NaN\"", "\"b\":\"Infinity\"",
        "\"c\":\"-INF\"", "\"e\":[\"NaN\"]"
      })
  void aTypedDoubleIsNeverReadAsAnInfinityOrNaN(String property) {
    assertThatThrownBy(() -> Json.read(JsonCodec.of(Doubles.class), "{" + property + "}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a number is too large, or is none");
  }

  @Test
  void typedDoublesComeBack() throws IOException {
    var codec = JsonCodec.of(Doubles.class);
    String json =
        "{\"a\":1.5,\"b\":-0.0,\"c\":0.1,\"d\":3.4028235E38,\"e\":[1.0],\"f\":[2.5],\"g\":1.0,\"h\":[0.1]}";
    assertThat(Json.write(codec, Json.read(codec, json))).isEqualTo(json);
    String empty =
        "{\"a\":0.0,\"b\":null,\"c\":0.0,\"d\":null,\"e\":null,\"f\":[],\"g\":null,\"h\":[null]}";
    assertThat(Json.write(codec, Json.read(codec, empty))).isEqualTo(empty);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1.0", "1e2"})
  void aFractionIsNotReadAsAnInteger(String json) {
    assertThatThrownBy(() -> Json.read(JsonCodec.of(Integer.class), json))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Cannot coerce Floating-point value");
  }

  @Test
  void anIntegerThatDoesNotFitIsNotRead() {
    assertThatThrownBy(() -> Json.read(JsonCodec.of(Integer.class), "2147483648"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("out of range of `int`");
  }

  @Test
  void aNumberOfAThousandDigitsComesBackAndALongerOneIsRefused() throws IOException {
    BigInteger longest = BigInteger.TEN.pow(1000).subtract(BigInteger.ONE).negate();
    assertThat(Json.UNTYPED.decode(Json.UNTYPED.encode(longest))).isEqualTo(longest);
    assertThatThrownBy(() -> Json.write(longest.subtract(BigInteger.ONE)))
        .isInstanceOf(IOException.class)
        .hasMessage("a number is longer than 1000 characters");
    assertThatThrownBy(() -> Json.write(new BigDecimal(longest, 5)))
        .isInstanceOf(IOException.class)
        .hasMessage("a number is longer than 1000 characters");
  }

  @Test
  void anExponentBeyondThoseOfABigDecimalIsRefused() {
    assertThatThrownBy(() -> Json.read("1e99999999999"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the exponent of a number is beyond those of a BigDecimal");
    assertThatThrownBy(() -> Json.write(new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger exponent than can be read back");
  }

  @Test
  void aTypedBigIntegerIsNotExpandedFromAHugeExponent() {
    assertThatThrownBy(() -> Json.read(JsonCodec.of(BigInteger.class), "1e999999999"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aNumberWhoseTextIsNoneIsRefused() {
    assertThatThrownBy(() -> Json.write(new Many()))
        .isInstanceOf(IOException.class)
        .hasMessage("'many' is not a number in JSON");
  }

  private static final class Many extends Number {
    private static final long serialVersionUID = 1L;

    @Override
    public int intValue() {
      return 7;
    }

    @Override
    public long longValue() {
      return 7;
    }

    @Override
    public float floatValue() {
      return 7;
    }

    @Override
    public double doubleValue() {
      return 7;
    }

    @Override
    public String toString() {
      return "many";
    }
  }
}
