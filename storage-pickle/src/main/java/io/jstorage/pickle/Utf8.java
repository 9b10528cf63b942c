package io.jstorage.pickle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 as Python pickles strings: strict, except that an unpaired surrogate is encoded as three
 * bytes (Python's {@code surrogatepass}).
 */
final class Utf8 {
  private Utf8() {}

  static String decode(byte[] bytes, int from, int to) throws Refusal {
    int ascii = from;
    while (ascii < to && bytes[ascii] >= 0) {
      ascii++;
    }
    if (ascii == to) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    // No sequence has more characters than bytes.
    char[] text = new char[to - from];
    int length = 0;
    for (int i = from; i < to; ) {
      int size = sizeOf(bytes[i]);
      int codePoint = size <= to - i ? codePoint(bytes, i, size) : -1;
      if (codePoint < 0) {
        throw new Refusal(
            "a str is not UTF-8: no valid sequence starts at byte %d".formatted(i - from));
      }
      if (Character.isBmpCodePoint(codePoint)) {
        text[length] = (char) codePoint;
        checkUnpaired(text, length);
        length++;
      } else {
        text[length++] = Character.highSurrogate(codePoint);
        text[length++] = Character.lowSurrogate(codePoint);
      }
      i += size;
    }
    return new String(text, 0, length);
  }

  private static int sizeOf(byte first) {
    return first >= 0 ? 1 : (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : 4;
  }

  /** Returns -1 where the bytes are no code point in its shortest form. */
  private static int codePoint(byte[] bytes, int at, int size) {
    if (size == 1) {
      return bytes[at];
    }
    if (size == 4 && (bytes[at] & 0xf8) != 0xf0) {
      return -1;
    }
    int codePoint = bytes[at] & (0xff >> (size + 1));
    for (int i = 1; i < size; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return -1;
      }
      codePoint = (codePoint << 6) | (bytes[at + i] & 0x3f);
    }
    int least = size == 2 ? 0x80 : size == 3 ? 0x800 : Character.MIN_SUPPLEMENTARY_CODE_POINT;
    return codePoint >= least && codePoint <= Character.MAX_CODE_POINT ? codePoint : -1;
  }

  /**
   * Refuses a high surrogate followed by a low one: Python holds two characters, Java would hold
   * one and write another str.
   */
  private static void checkUnpaired(char[] text, int last) throws Refusal {
    // A supplementary character ends with its low half, so a high half here was decoded alone.
    if (last > 0 && Character.isSurrogatePair(text[last - 1], text[last])) {
      throw pair();
    }
  }

  static Refusal pair() {
    return new Refusal(
        "a str has a high and a low surrogate in a row, two characters in Python and one in Java");
  }

  static byte[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return hasUnpaired(text) ? encodeUnpaired(text) : bytes;
  }

  private static boolean hasUnpaired(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static byte[] encodeUnpaired(String text) {
    byte[] bytes = new byte[3 * text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      int size = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (size == 1) {
        bytes[length] = (byte) codePoint;
      } else {
        for (int j = size - 1; j > 0; j--) {
          bytes[length + j] = (byte) (0x80 | ((codePoint >> (6 * (size - 1 - j))) & 0x3f));
        }
        int lead = size == 2 ? 0xc0 : size == 3 ? 0xe0 : 0xf0;
        bytes[length] = (byte) (lead | (codePoint >> (6 * (size - 1))));
      }
      length += size;
      i += Character.charCount(codePoint);
    }
    return Arrays.copyOf(bytes, length);
  }
}
