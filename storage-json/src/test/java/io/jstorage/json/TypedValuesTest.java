package io.jstorage.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jstorage.TypeRef;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class TypedValuesTest {
  enum Unit {
    PIECE,
    HOUR {
      @Override
      public String toString() {
        return "h";
      }
    }
  }

  record Item(String name, long count, Unit unit) {}

  record Invoice(int number, LocalDate date, Optional<String> note, List<Item> items) {}

  record Nothing() {}

  private static final Invoice INVOICE =
      new Invoice(
          7,
          LocalDate.of(2026, 11, 22),
          Optional.empty(),
          List.of(new Item("nail", 100, Unit.PIECE), new Item("work", 2, Unit.HOUR)));

  @Test
  void aRecordComesBackEqualAndKeepsTheOrderOfItsComponents() throws IOException {
    var codec = JsonCodec.of(Invoice.class);
    assertThat(Json.write(codec, INVOICE))
        .isEqualTo(
            "{\"number\":7,\"date\":\"2026-11-22\",\"note\":null,\"items\":["
                + "{\"name\":\"nail\",\"count\":100,\"unit\":\"PIECE\"},"
                + "{\"name\":\"work\",\"count\":2,\"unit\":\"HOUR\"}]}");
    assertThat(codec.decode(codec.encode(INVOICE))).isEqualTo(INVOICE);
  }

  @Test
  void aRecordWithoutComponentsComesBack() throws IOException {
    var codec = JsonCodec.of(Nothing.class);
    assertThat(codec.decode(codec.encode(new Nothing()))).isEqualTo(new Nothing());
  }

  @Test
  void nestedGenericsComeBack() throws IOException {
    var codec = JsonCodec.of(new TypeRef<Map<String, Map<Unit, List<Optional<Invoice>>>>>() {});
    Map<String, Map<Unit, List<Optional<Invoice>>>> value =
        Map.of("a", new TreeMap<>(Map.of(Unit.HOUR, List.of(Optional.of(INVOICE)))), "b", Map.of());
    assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
  }

  @Test
  void untypedPartsOfATypeFollowTheRulesOfUntypedValues() throws IOException {
    var codec = JsonCodec.of(new TypeRef<Map<String, Object>>() {});
    assertThat(Json.read(codec, "{\"a\":[1,0.1,0.12345678901234567890,{\"b\":null}]}"))
        .hasToString("{a=[1, 0.1, 0.12345678901234567890, {b=null}]}")
        .isEqualTo(Json.read("{\"a\":[1,0.1,0.12345678901234567890,{\"b\":null}]}"));
    assertThat((Object) Json.read(JsonCodec.of(List.class), "[1]")).isEqualTo(List.of(1L));
  }

  record Times(
      Instant instant,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      OffsetDateTime offset,
      ZonedDateTime zoned,
      Duration duration,
      Period period,
      YearMonth yearMonth,
      MonthDay monthDay,
      ZoneId zone) {}

  @Test
  void timesAreIsoTextAndKeepOffsetAndZone() throws IOException {
    Times times =
        new Times(
            Instant.ofEpochSecond(1, 5),
            LocalDate.of(2026, 1, 2),
            LocalTime.of(3, 4, 5),
            LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6),
            OffsetDateTime.parse("2026-01-02T03:04:05+02:00"),
            ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneId.of("Europe/Berlin")),
            Duration.ofMillis(65_007),
            Period.of(1, 2, 3),
            YearMonth.of(2026, 1),
            MonthDay.of(1, 2),
            ZoneId.of("Europe/Berlin"));
    var codec = JsonCodec.of(Times.class);
    assertThat(Json.write(codec, times))
        .isEqualTo(
            "{\"instant\":\"1970-01-01T00:00:01.000000005Z\",\"date\":\"2026-01-02\","
                + "\"time\":\"03:04:05\",\"dateTime\":\"2026-01-02T03:04:05.000000006\","
                + "\"offset\":\"2026-01-02T03:04:05+02:00\","
                + "\"zoned\":\"2026-01-02T03:04:05+01:00[Europe/Berlin]\","
                + "\"duration\":\"PT1M5.007S\",\"period\":\"P1Y2M3D\",\"yearMonth\":\"2026-01\","
                + "\"monthDay\":\"--01-02\",\"zone\":\"Europe/Berlin\"}");
    assertThat(codec.decode(codec.encode(times))).isEqualTo(times);
  }

  static Stream<ZonedDateTime> zonedTimesComeBackEqual() {
    LocalDateTime twice = LocalDateTime.parse("2026-10-25T02:30:00");
    return Stream.of(
        ZonedDateTime.parse("2026-01-01T00:00:00Z"),
        ZonedDateTime.parse("2026-01-01T00:00:00Z[UTC]"),
        ZonedDateTime.parse("2026-01-01T00:00:00+01:00[GMT+01:00]"),
        ZonedDateTime.ofLocal(twice, ZoneId.of("Europe/Berlin"), ZoneOffset.ofHours(1)),
        ZonedDateTime.ofLocal(twice, ZoneId.of("Europe/Berlin"), ZoneOffset.ofHours(2)));
  }

  @ParameterizedTest
  @MethodSource
  void zonedTimesComeBackEqual(ZonedDateTime time) throws IOException {
    var codec = JsonCodec.of(new TypeRef<Map<ZonedDateTime, ZonedDateTime>>() {});
    assertThat(codec.decode(codec.encode(Map.of(time, time)))).isEqualTo(Map.of(time, time));
  }

  @Test
  void aYearIsANumber() throws IOException {
    assertThat(Json.write(JsonCodec.of(Year.class), Year.of(2026))).isEqualTo("2026");
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({@JsonSubTypes.Type(Circle.class), @JsonSubTypes.Type(Square.class)})
  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {}

  record Square(int side) implements Shape {}

  @Test
  void annotatedSubtypesComeBackAndNoOthersCanBeNamed() throws IOException {
    var codec = JsonCodec.of(new TypeRef<List<Shape>>() {});
    List<Shape> shapes = List.of(new Circle(1.5), new Square(2));
    assertThat(codec.decode(codec.encode(shapes))).isEqualTo(shapes);
    var one = JsonCodec.of(Shape.class);
    assertThat(one.decode(one.encode(new Square(2)))).isEqualTo(new Square(2));
    assertThatThrownBy(() -> Json.read(codec, "[{\"@type\":\"java.io.File\"}]"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Could not resolve type id 'java.io.File'");
  }

  @Test
  void aTypeMayGainAndLoseProperties() throws IOException {
    assertThat(
            Json.read(JsonCodec.of(Item.class), "{\"name\":\"a\",\"colour\":{\"name\":\"red\"}}"))
        .extracting(Item::name, Item::count, Item::unit)
        .containsExactly("a", 0L, null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"count\":null}",
        "{\"count\":\"many\"}",
        "{\"unit\":\"KILO\"}",
        "{\"name\":[]}",
        "[]",
        "\"a\""
      })
  void jsonOfAnotherShapeIsRefused(String json) {
    assertThatThrownBy(() -> Json.read(JsonCodec.of(Item.class), json))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 1, column");
  }

  @Test
  void theMessageSaysWhereInTheValue() {
    assertThatThrownBy(
            () ->
                Json.read(
                    JsonCodec.of(Invoice.class),
                    "{\"items\":[{\"count\":1},\n{\"count\":\"many\"}]}"))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(", at line 2, column 10, in $.items[1].count");
  }

  @Test
  void theMessageStaysShortHoweverLongTheNames() {
    assertThatThrownBy(
            () ->
                Json.read(
                    JsonCodec.of(new TypeRef<Map<String, Integer>>() {}),
                    "{\"%s\":\"x\"}".formatted("a".repeat(40_000))))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("aaa…")
        .message()
        .hasSizeLessThan(500);
  }

  static final class Ambiguous {
    public void setValue(Set<String> value) {}

    public void setValue(List<String> value) {}
  }

  @Test
  void aTypeThatCannotBeReadIsRefusedAtOnce() {
    assertThatThrownBy(() -> JsonCodec.of(Ambiguous.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Conflicting setter definitions");
  }

  @Test
  void primitiveTypesAreTypes() throws IOException {
    assertThat(Json.read(JsonCodec.of(int.class), "5")).isEqualTo(5);
  }

  @Test
  void aMapperOfTheCallerSetsTheRules() throws IOException {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    var codec = JsonCodec.of(TypeRef.of(Item.class), mapper);
    assertThat(Json.write(codec, INVOICE.items().get(0))).contains("\n");
    assertThatThrownBy(() -> Json.read(codec, "{\"count\":1,\"colour\":1}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Unrecognized property \"colour\"");
    var untyped = JsonCodec.of(TypeRef.of(Object.class), mapper);
    assertThat(Json.read(untyped, "1")).isEqualTo(1);
    assertThat(Json.write(untyped, Double.NaN)).isEqualTo("\"NaN\"");
    assertThatThrownBy(() -> Json.read(untyped, "null")).isInstanceOf(IOException.class);
  }

  @Test
  void ourMapperMayBeAddedTo() throws IOException {
    JsonMapper mapper =
        JsonCodec.mapper().rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();
    var codec = JsonCodec.of(TypeRef.of(Object.class), mapper);
    Map<String, @Nullable Object> value = new LinkedHashMap<>();
    value.put("a", 1L);
    value.put("b", null);
    assertThat(Json.write(codec, value).lines()).hasSize(4);
    assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    assertThatThrownBy(() -> codec.encode(Double.NaN)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Json.read(codec, "{\"a\":1,\"a\":2}")).isInstanceOf(IOException.class);
  }
}
