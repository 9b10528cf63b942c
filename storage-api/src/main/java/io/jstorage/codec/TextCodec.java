package io.jstorage.codec;

import io.jstorage.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 that refuses what it cannot keep, where {@code String} itself would replace it. */
final class TextCodec implements Codec<String> {
  static final TextCodec INSTANCE = new TextCodec();

  private TextCodec() {}

  @Override
  public byte[] encode(String value) throws IOException {
    int unpaired = unpairedSurrogate(value);
    if (unpaired >= 0) {
      throw new IOException(
          "the text has an unpaired surrogate at index %d, which UTF-8 does not keep"
              .formatted(unpaired));
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private static int unpairedSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        if (i + 1 == value.length()
            || !Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  @Override
  public String decode(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    // The constructor is several times faster than a decoder; what it replaces shows as U+FFFD.
    return text.indexOf('\uFFFD') < 0 ? text : decodeStrictly(bytes);
  }

  private static String decodeStrictly(byte[] bytes) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("the bytes are not UTF-8: " + e.getMessage(), e);
    }
  }

  @Override
  public String contentType() {
    return "text/plain; charset=utf-8";
  }
}
