package io.jstorage.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * A text that tells under which key it belongs, which write of that key it is, and whether it is
 * whole. A value that is torn, or another key's, does not parse.
 */
final class Value {
  private static final int PADDING = 600;

  private Value() {}

  static String of(String key, long write, RandomGenerator random) {
    // One in twenty is longer than what one call of the system writes.
    int length = random.nextInt(random.nextInt(20) == 0 ? 20 * PADDING : PADDING);
    String body = key + '|' + write + '|' + Long.toString(write % 36, 36).repeat(length);
    return body + '|' + checksum(body);
  }

  /**
   * Returns which write of the key a value is.
   *
   * @throws Violation if it is none
   */
  static long write(String key, String value) {
    int end = value.lastIndexOf('|');
    String body = value.substring(0, Math.max(end, 0));
    if (end < 0 || !value.substring(end + 1).equals(checksum(body))) {
      throw new Violation("torn value of " + key + ": " + start(value));
    }
    String[] parts = body.split("\\|", -1);
    if (!parts[0].equals(key)) {
      throw new Violation("under " + key + " is the value of " + parts[0]);
    }
    return Long.parseLong(parts[1]);
  }

  private static String start(String value) {
    return value.length() + " characters, " + value.substring(0, Math.min(60, value.length()));
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(UTF_8));
    return Long.toHexString(crc.getValue());
  }
}
