package io.jstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "5s, PT5S",
    "5, PT5S",
    "0.25, PT0.25S",
    "1.5m, PT90S",
    "1h, PT1H",
    "7d, PT168H",
    "5M, PT5M",
    "0.0005ms, PT0.0000005S",
    "0.000000001, PT0.000000001S",
    "PT1H30M, PT1H30M",
    "p2d, PT48H",
    "PT-5S, PT-5S",
    "9223372036854775ms, PT9223372036854.775S"
  })
  void readsDurationsAsPeopleWriteThem(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "s", "-5s", "+5s", "5 s", "5.s", ".5s", "5w", "1e3", "5s5", "P", "PT5", "٥"
      })
  void anythingElseIsNoDuration(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
  }

  @Test
  void tooLongDurationsOverflow() {
    assertThatThrownBy(() -> Durations.parse("999999999999999999d"))
        .isInstanceOf(ArithmeticException.class);
    assertThat(Durations.ofSeconds(new BigDecimal(Long.MAX_VALUE)).toSeconds())
        .isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> Durations.ofSeconds(new BigDecimal("9223372036854775808")))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void secondsAreRoundedTowardsZeroAtTheNanosecond() {
    assertThat(Durations.ofSeconds(new BigDecimal("1.9999999999")))
        .isEqualTo(Duration.ofSeconds(1, 999_999_999));
    assertThat(Durations.ofSeconds(new BigDecimal("-0.0000000019")))
        .isEqualTo(Duration.ofNanos(-1));
    assertThat(Durations.ofSeconds(new BigDecimal("0.0000000009"))).isEqualTo(Duration.ZERO);
  }
}
