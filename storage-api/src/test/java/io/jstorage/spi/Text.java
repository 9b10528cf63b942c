package io.jstorage.spi;

import io.jstorage.Codec;
import java.nio.charset.StandardCharsets;

/** The codec of these tests: text as UTF-8; the text "unencodable" and the byte '!' are refused. */
final class Text {
  static final Codec<String> CODEC =
      Codec.of(
          value -> {
            if (value.equals("unencodable")) {
              throw new IllegalStateException("refused");
            }
            return value.getBytes(StandardCharsets.UTF_8);
          },
          bytes -> {
            if (bytes.length == 1 && bytes[0] == '!') {
              throw new IllegalStateException("damaged");
            }
            return new String(bytes, StandardCharsets.UTF_8);
          });

  private Text() {}
}
