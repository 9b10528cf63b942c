package io.jstorage.spi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Decodes percent-escapes: {@code %} and two hexadecimal digits, in either case, stand for one byte
 * of a character in UTF-8. Everything else stands for itself, {@code +} too.
 *
 * <p>One text may have several encodings. A mapping that must be one to one encodes the result and
 * compares.
 */
public final class PercentEscapes {
  private static final int LENGTH = 3;

  private PercentEscapes() {}

  /**
   * Decodes a text.
   *
   * @param text a text with or without escapes
   * @return the decoded text
   * @throws IllegalArgumentException if an escape lacks its digits, or escapes in a row are not
   *     UTF-8; the message says which, and shows nothing of the text
   */
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    byte[] escaped = new byte[text.length() / LENGTH];
    int i = 0;
    while (i < text.length()) {
      int bytes = 0;
      for (; i < text.length() && text.charAt(i) == '%'; i += LENGTH) {
        if (!isHexDigit(text, i + 1) || !isHexDigit(text, i + 2)) {
          throw new IllegalArgumentException(
              "after '%' there must be two hexadecimal digits; '%' itself is %25");
        }
        escaped[bytes++] = (byte) HexFormat.fromHexDigits(text, i + 1, i + LENGTH);
      }
      // A character that stands for itself is whole, so that escapes between two are whole as well.
      decoded.append(decodeUtf8(escaped, bytes));
      if (i < text.length()) {
        decoded.append(text.charAt(i++));
      }
    }
    return decoded.toString();
  }

  /**
   * Decodes a text if that is possible.
   *
   * @param text a text with or without escapes
   * @return the decoded text, or null where {@link #decode} fails
   */
  public static @Nullable String tryDecode(String text) {
    try {
      return decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isHexDigit(String text, int index) {
    return index < text.length() && HexFormat.isHexDigit(text.charAt(index));
  }

  private static CharSequence decodeUtf8(byte[] bytes, int length) {
    if (length == 0) {
      return "";
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("its escapes are not UTF-8", e);
    }
  }
}
