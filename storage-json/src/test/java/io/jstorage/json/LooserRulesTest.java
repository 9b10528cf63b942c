package io.jstorage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Codec;
import io.jstorage.TypeRef;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** A mapper that starts from ours may lift one rule, and keeps the others. */
class LooserRulesTest {
  private static final JsonMapper NAN =
      JsonCodec.mapper().rebuild().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final JsonMapper NAN_AS_TEXT =
      JsonCodec.mapper().rebuild().enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  private static final JsonMapper TWICE =
      JsonCodec.mapper().rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  @SuppressWarnings("ArrayRecordComponent")
  record Numbers(double a, Double b, float c, double[] d, float[] e, @Nullable Object f) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Numbers that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
      return toString().hashCode();
    }

    @Override
    public String toString() {
      return List.of(a, b, c, Arrays.toString(d), Arrays.toString(e), String.valueOf(f)).toString();
    }
  }

  private static Codec<Object> untyped(JsonMapper mapper) {
    return JsonCodec.of(TypeRef.of(Object.class), mapper);
  }

  private static <V> V reread(Codec<V> codec, V value) throws IOException {
    return codec.decode(codec.encode(value));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void nanAndTheInfinitiesAreWrittenAsTheyAreReadIfTheMapperAllowsIt(double value)
      throws IOException {
    float same = (float) value;
    Numbers numbers =
        new Numbers(value, value, same, new double[] {1, value}, new float[] {same}, value);
    var codec = JsonCodec.of(TypeRef.of(Numbers.class), NAN);
    assertThat(Json.write(codec, numbers)).contains("\"a\":" + value, "\"f\":" + value);
    assertThat(reread(codec, numbers)).isEqualTo(numbers);
    assertThat(Json.write(untyped(NAN), value)).isEqualTo(String.valueOf(value));
    assertThat(reread(untyped(NAN), List.of(value))).isEqualTo(List.of(value));
    assertThat(Json.read(JsonCodec.of(TypeRef.of(JsonNode.class), NAN), "" + value).doubleValue())
        .isEqualTo(Double.valueOf(value));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void nanAndTheInfinitiesAreTextsIfTheMapperAllowsThat(double value) throws IOException {
    float same = (float) value;
    Numbers numbers =
        new Numbers(value, value, same, new double[] {1, value}, new float[] {same}, 1L);
    var codec = JsonCodec.of(TypeRef.of(Numbers.class), NAN_AS_TEXT);
    assertThat(Json.write(codec, numbers)).contains("\"a\":\"" + value + "\"");
    assertThat(reread(codec, numbers)).isEqualTo(numbers);
    assertThat(reread(untyped(NAN_AS_TEXT), value)).isEqualTo(String.valueOf(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\":1e400",
        "\"b\":-1e400",
        "\"c\":1e39",
        "\"d\":[NaN,1e400]",
        "\"e\":[NaN,1e39]"
      })
  void aNumberThatIsTooLargeIsStillNoInfinity(String property) {
    String json =
        "{\"a\":NaN,\"b\":NaN,\"c\":NaN,\"d\":[NaN],\"e\":[NaN],\"f\":NaN}"
            .replaceFirst(
                property.substring(0, 4) + "(NaN|\\[NaN\\])", Matcher.quoteReplacement(property));
    assertThatThrownBy(() -> Json.read(JsonCodec.of(TypeRef.of(Numbers.class), NAN), json))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a number is too large");
  }

  @Test
  void withoutThatPermissionNothingIsWrittenOfThem() {
    for (JsonMapper mapper : List.of(JsonCodec.mapper(), TWICE)) {
      assertThatThrownBy(() -> untyped(mapper).encode(Double.NaN))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("NaN is not a number in JSON");
      assertThatThrownBy(() -> Json.read(untyped(mapper), "NaN")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void ofANameThatIsThereTwiceTheLastCountsIfTheMapperAllowsIt() throws IOException {
    String json = "{\"a\":1,\"b\":[{\"c\":1,\"c\":2}],\"a\":3}";
    Map<String, Object> read = new LinkedHashMap<>();
    read.put("a", 3L);
    read.put("b", List.of(Map.of("c", 2L)));
    assertThat(Json.read(untyped(TWICE), json)).isEqualTo(read);
    assertThat(Json.read(JsonCodec.of(new TypeRef<Map<String, Object>>() {}, TWICE), json))
        .isEqualTo(read);
    assertThat(Json.read(JsonCodec.of(TypeRef.of(JsonNode.class), TWICE), json).get("a").intValue())
        .isEqualTo(3);
    for (JsonMapper mapper : List.of(JsonCodec.mapper(), NAN)) {
      assertThatThrownBy(() -> Json.read(untyped(mapper), json)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void keysOfEqualTextAreRefusedWhateverTheMapperAllows() {
    JsonMapper mapper =
        TWICE.rebuild().disable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION).build();
    Map<Object, Object> value = new LinkedHashMap<>();
    value.put(1, "a");
    value.put("1", "b");
    assertThatThrownBy(() -> untyped(mapper).encode(value))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("would not come back equal");
  }

  /** As it is said to those that come from pystorage, whose values these are. */
  @Test
  void jsonAsPythonWritesItIsReadAsThePageForThoseWhoComeFromThereSays() throws IOException {
    JsonMapper both = TWICE.rebuild().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    String json = "{\"1\": NaN, \"1\": [Infinity, -Infinity, 1.0, null], \"n\": %s}";
    String large = "9".repeat(1_000);
    assertThatThrownBy(() -> Json.read(json.formatted(large))).isInstanceOf(IOException.class);
    assertThat(Json.read(untyped(both), json.formatted(large)))
        .hasToString("{1=[Infinity, -Infinity, 1.0, null], n=%s}".formatted(large));
    assertThat(Json.read(large)).isEqualTo(new BigInteger(large));
    assertThatThrownBy(() -> Json.read(untyped(both), json.formatted(large + "9")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Json.read(untyped(both), "null")).isInstanceOf(IOException.class);
  }

  @Test
  void otherRulesAreLiftedOneByOneToo() throws IOException {
    JsonMapper mapper =
        JsonCodec.mapper()
            .rebuild()
            .enable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(EnumFeature.READ_ENUMS_USING_TO_STRING)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    assertThat(Json.read(JsonCodec.of(TypeRef.of(int.class), mapper), "1.0 2")).isEqualTo(1);
  }

  @Test
  void limitsAreThoseOfTheFactoryInBothDirections() throws IOException {
    JsonFactory wide =
        JsonCodec.mapper()
            .tokenStreamFactory()
            .rebuild()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNumberLength(5_000)
                    .maxNameLength(100_000)
                    .build())
            .build();
    var codec = untyped(new JsonMapper(wide));
    Object value = Map.of("a".repeat(60_000), new BigInteger("1".repeat(4_000)), "b", 1);
    assertThat(reread(codec, value)).isEqualTo(value);
    assertThatThrownBy(() -> codec.encode(new BigInteger("1".repeat(5_001))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than 5000 characters");
  }
}
