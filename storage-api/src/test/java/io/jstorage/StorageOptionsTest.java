package io.jstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class StorageOptionsTest {
  private static final Option<Integer> LIMIT = Option.integer("limit").withDefault(10);
  private static final Option<String> BUCKET =
      Option.text("bucket").required().describedAs("Where objects live.");

  @Test
  void aGivenValueBeatsTheDefault() {
    assertThat(StorageOptions.none().get(LIMIT)).isEqualTo(10);
    assertThat(StorageOptions.of(LIMIT, 5).get(LIMIT)).isEqualTo(5);
    assertThat(StorageOptions.of("limit", "5").get(LIMIT)).isEqualTo(5);
    assertThat(StorageOptions.of("limit", "5").find(LIMIT)).contains(5);
  }

  @Test
  void aMissingOptionIsDescribed() {
    assertThat(StorageOptions.none().find(BUCKET)).isEmpty();
    assertThatThrownBy(() -> StorageOptions.none().get(BUCKET))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("option 'bucket' is missing: it must be text. Where objects live.");
  }

  @Test
  void aValueThatDoesNotFitIsRefusedWhenItIsAskedFor() {
    StorageOptions options = StorageOptions.of("limit", "many");
    assertThat(options.has(LIMIT)).isTrue();
    assertThatThrownBy(() -> options.find(LIMIT))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("'limit'", "'many'");
  }

  @Test
  void pairsMapsAndPropertiesMakeTheSameOptions() {
    Properties defaults = new Properties();
    defaults.setProperty("cache.limit", "5");
    Properties properties = new Properties(defaults);
    properties.setProperty("cache.bucket", "b");
    properties.setProperty("cache.", "not an option");
    properties.setProperty("sessions.limit", "7");
    StorageOptions expected = StorageOptions.of("limit", "5", "bucket", "b");
    assertThat(StorageOptions.from(properties, "cache.")).isEqualTo(expected);
    assertThat(StorageOptions.from(Map.of("bucket", "b", "limit", "5")))
        .isEqualTo(expected)
        .hasSameHashCodeAs(expected);
    assertThat(StorageOptions.of("a", 1, "bucket", "b", "limit", "5").without("a"))
        .isEqualTo(expected)
        .isNotEqualTo(StorageOptions.of("limit", "5"));
  }

  @Test
  void namesKeepTheirOrder() {
    assertThat(StorageOptions.of("b", 1, "a", 2, "c", 3).names()).containsExactly("b", "a", "c");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> StorageOptions.of("b", 1).names().clear());
  }

  @Test
  void aNameGivenTwiceIsRefused() {
    assertThatThrownBy(() -> StorageOptions.of("a", 1, "a", 1))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'a'");
    assertThatThrownBy(() -> StorageOptions.of("a", 1, "b", 1, "b", 2))
        .isInstanceOf(InvalidOptionException.class);
  }

  @Test
  void withAndWithoutLeaveTheOriginalAlone() {
    StorageOptions original = StorageOptions.of(LIMIT, 5);
    assertThat(original.with(LIMIT, 6).get(LIMIT)).isEqualTo(6);
    assertThat(original.without("limit").has(LIMIT)).isFalse();
    assertThat(original.without("bucket")).isSameAs(original);
    assertThat(original.get(LIMIT)).isEqualTo(5);
  }

  @Test
  void changingTheMapAfterwardsChangesNothing() {
    Map<String, Object> map = new LinkedHashMap<>(Map.of("limit", 5));
    StorageOptions options = StorageOptions.from(map);
    map.clear();
    assertThat(options.get(LIMIT)).isEqualTo(5);
  }

  @Test
  void valuesAreNeverPrinted() {
    assertThat(StorageOptions.of("password", "hunter2", "limit", 5))
        .hasToString("StorageOptions[password, limit]");
  }
}
