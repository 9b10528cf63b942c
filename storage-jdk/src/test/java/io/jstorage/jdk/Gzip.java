package io.jstorage.jdk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The JDK's gzip, and bytes to feed it with. */
final class Gzip {
  private Gzip() {}

  static byte[] zip(byte[] plain) {
    return zip(plain, 1);
  }

  /** Zeros, zipped to about a thousandth. */
  static byte[] zipOfZeros(int mebibytes) {
    return zip(new byte[1 << 20], mebibytes);
  }

  private static byte[] zip(byte[] part, int times) {
    var target = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(target)) {
      for (int i = 0; i < times; i++) {
        gzip.write(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target.toByteArray();
  }

  static byte[] unzip(byte[] coded) throws IOException {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(coded))) {
      return gzip.readAllBytes();
    }
  }

  static byte[] concat(byte[]... parts) {
    var whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static byte[] text(int length) {
    return "{\"text\":\"Hello World!\",\"n\":12345}"
        .repeat(length / 32 + 1)
        .substring(0, length)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * A member whose header has every optional field, with a header checksum off by {@code error}.
   */
  static byte[] zipWithAllHeaderFields(byte[] plain, int error) {
    byte[] member = zip(plain);
    var header = new ByteArrayOutputStream();
    header.write(member, 0, 3);
    header.write(2 | 4 | 8 | 16);
    header.write(member, 4, 6);
    header.writeBytes(new byte[] {3, 0, 'a', 0, 'b'});
    header.writeBytes("name\0a comment\0".getBytes(StandardCharsets.ISO_8859_1));
    CRC32 crc = new CRC32();
    crc.update(header.toByteArray());
    header.write((int) crc.getValue() + error);
    header.write((int) crc.getValue() >> 8);
    header.write(member, 10, member.length - 10);
    return header.toByteArray();
  }
}
