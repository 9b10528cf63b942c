package io.jstorage.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEscapesTest {
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "a+b#c/?=&é, a+b#c/?=&é",
    "%25, %",
    "%2525, %25",
    "a%20b, a b",
    "%c3%A9, é",
    "é%C3%A9é, ééé",
    "%F0%9F%98%80!, \uD83D\uDE00!",
    "%EF%BF%BD, \uFFFD",
    "\uD83D%41, \uD83DA"
  })
  void anEscapeStandsForAByteInUtf8AndEverythingElseForItself(String text, String decoded) {
    assertThat(PercentEscapes.decode(text)).isEqualTo(decoded);
    assertThat(PercentEscapes.tryDecode(text)).isEqualTo(decoded);
  }

  @Test
  void controlCharactersCanBeEscaped() {
    assertThat(PercentEscapes.decode("%00%0a")).isEqualTo("\0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a%", "%4", "%4%41", "%zz", "%-1", "%+1", "% 1", "%１１", "%%41"})
  void anEscapeHasTwoHexadecimalDigits(String text) {
    assertThatThrownBy(() -> PercentEscapes.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("after '%' there must be two hexadecimal digits; '%' itself is %25");
    assertThat(PercentEscapes.tryDecode(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%ff", "%C3", "%C3x%A9", "%C3é", "%ED%A0%BD", "%C0%80", "%F4%90%80%80"})
  void escapesInARowAreUtf8(String text) {
    assertThatThrownBy(() -> PercentEscapes.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("its escapes are not UTF-8");
    assertThat(PercentEscapes.tryDecode(text)).isNull();
  }

  @Test
  void anyTextComesBackWhicheverOfItsBytesAreEscaped() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder();
      StringBuilder escaped = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        int any = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
        if (any >= Character.MIN_SURROGATE && any <= Character.MAX_SURROGATE) {
          continue;
        }
        String c = Character.toString(any);
        text.append(c);
        if (any != '%' && random.nextBoolean()) {
          escaped.append(c);
          continue;
        }
        for (byte b : c.getBytes(StandardCharsets.UTF_8)) {
          String escape = "%%%02x".formatted(b);
          escaped.append(random.nextBoolean() ? escape : escape.toUpperCase(Locale.ROOT));
        }
      }
      assertThat(PercentEscapes.decode(escaped.toString())).isEqualTo(text.toString());
    }
  }
}
