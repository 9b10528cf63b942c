package io.jstorage.spi;

import io.jstorage.InvalidKeyException;
import java.util.Objects;

/** The rules for keys, for all storages. */
public final class Keys {
  /** The length of a key, in bytes of UTF-8, that every storage takes. */
  public static final int PORTABLE_BYTES = 255;

  /** The length of a key, in bytes of UTF-8, that no storage exceeds. */
  public static final int MAX_BYTES = 1024;

  private static final int SHOWN_CHARS = 100;

  private Keys() {}

  /**
   * Checks a key. O(length of the key), without allocation.
   *
   * @param key the key
   * @param maxBytes the longest key that the store takes, in bytes of UTF-8
   * @return the key
   * @throws NullPointerException if the key is null
   * @throws InvalidKeyException if the key is empty, too long, or has an unpaired surrogate
   */
  public static String check(String key, int maxBytes) {
    Objects.requireNonNull(key, "key");
    int bytes = utf8Length(key);
    if (bytes <= 0 || bytes > maxBytes) {
      throw invalid(key, bytes, maxBytes);
    }
    return key;
  }

  /**
   * Returns whether a string is a key.
   *
   * @param key the string
   * @param maxBytes the longest key that the store takes, in bytes of UTF-8
   * @return true if {@link #check(String, int)} accepts it
   */
  public static boolean isValid(String key, int maxBytes) {
    int bytes = utf8Length(key);
    return bytes > 0 && bytes <= maxBytes;
  }

  /** The length in UTF-8, or -1 if the string has an unpaired surrogate. */
  private static int utf8Length(String key) {
    int chars = key.length();
    long bytes = chars;
    for (int i = 0; i < chars; i++) {
      char c = key.charAt(i);
      if (c < 0x80) {
        continue;
      }
      if (c < 0x800) {
        bytes++;
      } else if (!Character.isSurrogate(c)) {
        bytes += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < chars
          && Character.isLowSurrogate(key.charAt(i + 1))) {
        bytes += 2;
        i++;
      } else {
        return -1;
      }
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private static InvalidKeyException invalid(String key, int bytes, int maxBytes) {
    if (bytes == 0) {
      return new InvalidKeyException(
          "the empty string is not a key: a key has at least one character");
    }
    if (bytes < 0) {
      return new InvalidKeyException(
          "%s is not a key: it has an unpaired surrogate, which no encoding keeps"
              .formatted(display(key)));
    }
    return new InvalidKeyException(
        "%s is not a key here: it has %d bytes in UTF-8, and the limit is %d"
            .formatted(display(key), bytes, maxBytes));
  }

  /**
   * Returns a key as messages show it: in quotes, control characters and unpaired surrogates
   * escaped, cut at 100 characters.
   *
   * @param key the key, valid or not
   * @return one line of printable text
   */
  public static String display(String key) {
    StringBuilder shown = new StringBuilder("'");
    int end = Math.min(key.length(), SHOWN_CHARS);
    for (int i = 0; i < end; ) {
      int c = key.codePointAt(i);
      if (isPrintable(c)) {
        shown.appendCodePoint(c);
      } else {
        shown.append("\\u{").append(Integer.toHexString(c)).append('}');
      }
      i += Character.charCount(c);
    }
    return shown.append(key.length() > SHOWN_CHARS ? "…'" : "'").toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
