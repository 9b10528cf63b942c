package io.jstorage.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidKeyException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        " ",
        ".",
        "..",
        "../../x",
        "a/b",
        "CON",
        "\0",
        "\n",
        "a*b?",
        "é",
        "e\u0301",
        "\uFFFF",
        "\uD83D\uDE00",
        "\uFEFF"
      })
  void anyTextIsAKey(String key) {
    assertThat(Keys.check(key, 255)).isSameAs(key);
    assertThat(Keys.isValid(key, 255)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\uD83D", "\uDE00", "a\uDE00\uD83D", "\uD83D\uD83D\uDE00", "\uD83D\uDE00\uDE00"})
  void anUnpairedSurrogateIsNot(String key) {
    assertThat(Keys.isValid(key, 255)).isFalse();
    assertThatThrownBy(() -> Keys.check(key, 255))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("unpaired surrogate")
        .message()
        .matches(message -> StandardCharsets.UTF_8.newEncoder().canEncode(message));
  }

  @Test
  void neitherIsTheEmptyString() {
    assertThat(Keys.isValid("", 255)).isFalse();
    assertThatThrownBy(() -> Keys.check("", 255))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("empty string");
  }

  @Test
  void norNull() {
    assertThatNullPointerException().isThrownBy(() -> Keys.check(null, 255)).withMessage("key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "\u07FF", "\u0800", "日", "\uFFFF", "\uD83D\uDE00"})
  void theLimitCountsBytesOfUtf8(String character) {
    int bytes = character.getBytes(StandardCharsets.UTF_8).length;
    String longest = "x".repeat(255 - bytes) + character;
    assertThat(Keys.isValid(longest, 255)).isTrue();
    assertThatThrownBy(() -> Keys.check('x' + longest, 255))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContainingAll("256 bytes", "255");
  }

  @Test
  void agreesWithTheJdkAboutRandomStrings() {
    Random random = new Random(1);
    char[] alphabet = {'a', 'é', '日', '\uD83D', '\uDE00', '\uFFFF'};
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(8); length > 0; length--) {
        text.append(alphabet[random.nextInt(alphabet.length)]);
      }
      String key = text.toString();
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      boolean exact = new String(bytes, StandardCharsets.UTF_8).equals(key);
      assertThat(Keys.isValid(key, 10))
          .as(Keys.display(key))
          .isEqualTo(exact && bytes.length > 0 && bytes.length <= 10);
    }
  }

  @Test
  void messagesShowOneLineOfPrintableText() {
    assertThat(Keys.display("a\n\u0000\u001b[31m\u2028\u202E\uD83D"))
        .isEqualTo("'a\\u{a}\\u{0}\\u{1b}[31m\\u{2028}\\u{202e}\\u{d83d}'");
    assertThat(Keys.display("é\uD83D\uDE00")).isEqualTo("'é\uD83D\uDE00'");
  }

  @Test
  void messagesCutLongKeys() {
    assertThat(Keys.display("x".repeat(100))).isEqualTo("'" + "x".repeat(100) + "'");
    assertThat(Keys.display("x".repeat(101))).isEqualTo("'" + "x".repeat(100) + "…'");
    assertThatThrownBy(() -> Keys.check("x".repeat(1_000_000), 1024))
        .message()
        .hasSizeLessThan(250);
  }

  @Test
  void messagesCutNoCharacterInTwo() {
    String shown = Keys.display("x".repeat(99) + "\uD83D\uDE00y");
    assertThat(shown).isEqualTo("'" + "x".repeat(99) + "\uD83D\uDE00…'");
  }
}
