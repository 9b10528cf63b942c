package io.jstorage.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCodecTest {
  private final Codec<String> codec = Codecs.text();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Hello World!",
        "é",
        "e\u0301",
        "\u0000\n\uFEFF",
        "日本語",
        "\uD83D\uDE00",
        "x\uD83D\uDE00\uD83D\uDE00",
        "\uFFFD is a character like any other",
        "\uFFFF\uDBFF\uDFFF"
      })
  void keepsTextExactlyAsUtf8(String text) throws IOException {
    byte[] bytes = codec.encode(text);
    assertThat(bytes).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    assertThat(codec.decode(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\uD83D", "\uDE00", "ab\uDE00\uD83D", "ab\uD83Dx", "ab\uD83D\uD83D\uDE00"})
  void refusesAnUnpairedSurrogateAndSaysWhere(String text) {
    assertThatThrownBy(() -> codec.encode(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unpaired surrogate at index " + (text.startsWith("ab") ? 2 : 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff", // no such byte
        "80", // continuation without a start
        "c3", // cut short
        "e282", // cut short
        "c080", // overlong
        "eda0bd", // a surrogate
        "f4908080", // beyond U+10FFFF
        "efbfbdff" // a real U+FFFD, then a bad byte
      })
  void refusesMalformedBytesRatherThanReplaceThem(String hex) {
    assertThatThrownBy(() -> codec.decode(HexFormat.of().parseHex(hex)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void itsContentTypeNamesTheEncoding() {
    assertThat(codec.contentType()).isEqualTo("text/plain; charset=utf-8");
  }
}
