package io.jstorage.testkit;

import io.jstorage.Codec;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Text as UTF-8. What would not come back is refused, and so is what is no UTF-8. */
final class StrictText {
  static final Codec<String> CODEC =
      Codec.of(
          text -> {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
          },
          bytes -> StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());

  private StrictText() {}
}
