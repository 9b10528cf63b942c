package io.jstorage.compress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Values of several natures. */
final class Samples {
  private Samples() {}

  /** Text that resembles JSON: short repetitions at changing distances. */
  static byte[] text(int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append("{\"id\":").append(random.nextInt(100_000)).append(",\"name\":\"Ada\"},");
    }
    return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static byte[] concat(byte[]... parts) {
    return concat(List.of(parts));
  }

  static byte[] concat(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
