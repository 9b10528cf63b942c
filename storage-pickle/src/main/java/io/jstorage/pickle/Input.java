package io.jstorage.pickle;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a pickle, read from the first to the last. No length is believed before use. */
final class Input {
  private final byte[] bytes;
  private int at;

  Input(byte[] bytes) {
    this.bytes = bytes;
  }

  int position() {
    return at;
  }

  int length() {
    return bytes.length;
  }

  boolean isAtEnd() {
    return at == bytes.length;
  }

  /** Passes so many bytes, which the pickle claims to have. */
  private int pass(long claimed) throws Refusal {
    if (claimed < 0 || claimed > bytes.length - at) {
      throw new Refusal(
          "the pickle is cut short: it claims %d bytes at byte %d, and has %d"
              .formatted(claimed, at, bytes.length - at));
    }
    int start = at;
    at += (int) claimed;
    return start;
  }

  /** Refuses a claim to more bytes than there are, and passes nothing. */
  void expect(long claimed) throws Refusal {
    int start = pass(claimed);
    at = start;
  }

  int u1() throws Refusal {
    return bytes[pass(1)] & 0xff;
  }

  int u2() throws Refusal {
    return (int) littleEndian(2);
  }

  int i4() throws Refusal {
    return (int) littleEndian(4);
  }

  long u4() throws Refusal {
    return littleEndian(4);
  }

  /** Beyond 2^63 it is negative, which no length is. */
  long i8() throws Refusal {
    return littleEndian(8);
  }

  private long littleEndian(int size) throws Refusal {
    int start = pass(size);
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[start + i] & 0xff);
    }
    return value;
  }

  double f8() throws Refusal {
    return Double.longBitsToDouble(Long.reverseBytes(littleEndian(8)));
  }

  byte[] bytes(long length) throws Refusal {
    int start = pass(length);
    return Arrays.copyOfRange(bytes, start, at);
  }

  /** An integer of so many bytes in two's complement, the lowest first. */
  Object integer(long length) throws Refusal {
    if (length <= Long.BYTES && length > 0) {
      long value = littleEndian((int) length);
      int unused = Long.SIZE - 8 * (int) length;
      return (value << unused) >> unused;
    }
    byte[] magnitude = bytes(length);
    for (int i = 0, j = magnitude.length - 1; i < j; i++, j--) {
      byte low = magnitude[i];
      magnitude[i] = magnitude[j];
      magnitude[j] = low;
    }
    return Scalars.integer(magnitude.length == 0 ? BigInteger.ZERO : new BigInteger(magnitude));
  }

  String utf8(long length) throws Refusal {
    int start = pass(length);
    return Utf8.decode(bytes, start, at);
  }

  /** The rest of the line, each byte a character. */
  String line() throws Refusal {
    for (int end = at; end < bytes.length; end++) {
      if (bytes[end] == '\n') {
        String line = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
        at = end + 1;
        return line;
      }
    }
    throw new Refusal("the pickle is cut short: the line at byte %d does not end".formatted(at));
  }
}
