package io.jstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTest {
  enum Durability {
    FULL,
    NONE {
      @Override
      public String toString() {
        return "nothing";
      }
    },
    fileOnly
  }

  private static final Option<Integer> LIMIT = Option.integer("limit");
  private static final Option<Duration> EXPIRATION = Option.duration("expiration");

  private static void assertRefused(Option<?> option, Object given, String... message) {
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () ->
            assertThatThrownBy(() -> option.parse(given))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("option '" + option.name() + "' cannot be")
                .hasMessageContainingAll(message));
  }

  @Test
  void textTakesStringsOnly() {
    assertThat(Option.text("t").parse(" a,b ")).isEqualTo(" a,b ");
    assertRefused(Option.text("t"), 5, "'5'", "text");
  }

  @Test
  void textsTakeCollectionsAndTextWithCommas() {
    Option<List<String>> texts = Option.texts("t");
    assertThat(texts.parse("a, b ,,c")).containsExactly("a", "b", "c");
    assertThat(texts.parse("")).isEmpty();
    assertThat(texts.parse(List.of("a,b", "c"))).containsExactly("a,b", "c");
    assertRefused(texts, List.of("a", 5), "texts with commas");
    assertRefused(texts, List.of("a", ""), "texts with commas");
    assertRefused(texts, 5, "texts with commas");
  }

  @Test
  void wholeNumbersTakeNumbersAndText() {
    assertThat(LIMIT.parse(7)).isEqualTo(7);
    assertThat(LIMIT.parse(7L)).isEqualTo(7);
    assertThat(LIMIT.parse("-7")).isEqualTo(-7);
    assertThat(LIMIT.parse("2e3")).isEqualTo(2000);
    assertThat(LIMIT.parse("5.0")).isEqualTo(5);
    assertThat(LIMIT.parse("2147483647")).isEqualTo(Integer.MAX_VALUE);
    assertThat(Option.number("n").parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
  }

  static Stream<Object> noWholeNumbers() {
    return Stream.of(
        "",
        " ",
        "x",
        "5 ",
        "0x10",
        "1.5",
        "2147483648",
        "-2147483649",
        "1e400",
        "1e999999999",
        "1e-999999999",
        "1e99999999999",
        "NaN",
        "Infinity",
        Double.NaN,
        Double.POSITIVE_INFINITY,
        1.5,
        1e300,
        Long.MAX_VALUE,
        new BigDecimal("1e999999999"),
        true,
        List.of(1));
  }

  @ParameterizedTest
  @MethodSource("noWholeNumbers")
  void anythingElseIsNoWholeNumber(Object given) {
    assertRefused(LIMIT, given, "a whole number");
    if (!given.equals("2147483648")
        && !given.equals("-2147483649")
        && !given.equals(Long.MAX_VALUE)) {
      assertRefused(Option.number("n"), given, "a whole number");
    }
  }

  @Test
  void flagsTakeTrueAndFalseInAnyCase() {
    assertThat(Option.flag("f").parse(true)).isTrue();
    assertThat(Option.flag("f").parse("FALSE")).isFalse();
    assertRefused(Option.flag("f"), "yes", "'yes'", "true or false");
  }

  @Test
  void durationsTakeDurationsNumbersOfSecondsAndText() {
    assertThat(EXPIRATION.parse(Duration.ofNanos(1))).isEqualTo(Duration.ofNanos(1));
    assertThat(EXPIRATION.parse(5)).isEqualTo(Duration.ofSeconds(5));
    assertThat(EXPIRATION.parse(0.5)).isEqualTo(Duration.ofMillis(500));
    assertThat(EXPIRATION.parse("1h")).isEqualTo(Duration.ofHours(1));
    assertThat(EXPIRATION.parse(Long.MAX_VALUE)).isEqualTo(Duration.ofSeconds(Long.MAX_VALUE));
  }

  static Stream<Object> noDurations() {
    return Stream.of(
        "",
        "soon",
        "1e400",
        "1e999999999",
        "NaN",
        "99999999999999999999",
        "PT99999999999999999999S",
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        1e300,
        new BigDecimal("1e999999999"),
        new BigDecimal("-1e999999999"),
        true);
  }

  @ParameterizedTest
  @MethodSource("noDurations")
  void anythingElseIsNoDuration(Object given) {
    assertRefused(EXPIRATION, given, "500ms, 5s, 5m, 1h");
  }

  static Stream<Object> durationsThatAreNotPositive() {
    return Stream.of(
        0,
        -1,
        "0",
        "0s",
        "PT0S",
        "PT-5S",
        0.0,
        -0.5,
        1e-300,
        new BigDecimal("1e-999999999"),
        new BigDecimal("0e-999999999"),
        Duration.ZERO,
        Duration.ofNanos(-1));
  }

  @ParameterizedTest
  @MethodSource("durationsThatAreNotPositive")
  void aDurationIsLongerThanZero(Object given) {
    assertRefused(EXPIRATION, given, "longer than zero");
  }

  @Test
  void pathsTakePathsAndText(@TempDir Path directory) {
    assertThat(Option.path("path").parse(directory)).isSameAs(directory);
    assertThat(Option.path("path").parse(directory.toString())).isEqualTo(directory);
    assertRefused(Option.path("path"), "a\0b", "a path");
  }

  @Test
  void choicesTakeConstantsAndTheirNamesInAnyCase() {
    Option<Durability> durability = Option.choice("durability", Durability.class);
    assertThat(durability.parse(Durability.NONE)).isEqualTo(Durability.NONE);
    assertThat(durability.parse("none")).isEqualTo(Durability.NONE);
    assertThat(durability.parse("Full")).isEqualTo(Durability.FULL);
    assertThat(durability.parse("fileonly")).isEqualTo(Durability.fileOnly);
    assertRefused(durability, "nothing", "'nothing'", "one of full, none, fileonly");
    assertRefused(durability, 5, "one of full");
  }

  @Test
  void objectsHaveNoTextForm() {
    Option<InstantSource> clock = Option.object("clock", InstantSource.class);
    InstantSource system = InstantSource.system();
    assertThat(clock.parse(system)).isSameAs(system);
    assertRefused(clock, "system", "an object of type java.time.InstantSource");
  }

  @Test
  void aRequirementIsCheckedAndExplained() {
    Option<Integer> positive = LIMIT.where(n -> n > 0, "at least 1");
    assertThat(positive.parse(1)).isEqualTo(1);
    assertThat(positive.expected()).isEqualTo("a whole number, at least 1");
    assertRefused(positive, "0", "'0'", "at least 1");
  }

  @Test
  void theFormIsCheckedBeforeTheRequirement() {
    assertRefused(LIMIT.where(n -> n > 0, "at least 1"), "x", "a whole number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "5", ""})
  void aSecretValueAppearsInNoMessageAndNoCause(String secret) {
    Option<Integer> option =
        Option.integer("pin").secret().where(n -> n > 9, "longer than one digit");
    assertThatThrownBy(() -> option.parse(secret + "hunter2"))
        .isInstanceOf(InvalidOptionException.class)
        .hasNoCause()
        .hasMessageContaining("the given value")
        .message()
        .doesNotContain("hunter2");
    assertThatThrownBy(() -> option.parse(5)).message().doesNotContain("5");
  }

  @Test
  void anObjectIsShownByItsTypeOnly() {
    assertThatThrownBy(() -> LIMIT.parse(List.of("private")))
        .message()
        .contains("an object of type")
        .doesNotContain("private");
  }

  @Test
  void tellsWhatItIs() {
    Option<Integer> option = LIMIT.describedAs("How many.").withDefault(10).secret();
    assertThat(option.name()).isEqualTo("limit");
    assertThat(option.type()).isEqualTo(Integer.class);
    assertThat(option.expected()).isEqualTo("a whole number");
    assertThat(option.description()).isEqualTo("How many.");
    assertThat(option.defaultValue()).contains(10);
    assertThat(option.isSecret()).isTrue();
    assertThat(option.isRequired()).isFalse();
    assertThat(option).hasToString("limit");
    assertThat(option.required().isRequired()).isTrue();
    assertThat(option.required().defaultValue()).isEmpty();
    assertThat(LIMIT.isSecret()).as("options are immutable").isFalse();
  }

  @Test
  void anOptionHasAName() {
    assertThatIllegalArgumentException().isThrownBy(() -> Option.text(""));
  }
}
