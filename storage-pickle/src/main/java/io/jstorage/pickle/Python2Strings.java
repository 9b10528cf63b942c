package io.jstorage.pickle;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The Java type for a {@code str} of Python 2, which may hold text as well as bytes. A {@code
 * unicode} of Python 2 and all strings of Python 3 are always text.
 */
public enum Python2Strings {
  /** Text in ASCII; with any other byte in it, a str is refused. */
  ASCII(StandardCharsets.US_ASCII),

  /** Text in UTF-8; a str that is not UTF-8 is refused. */
  UTF8(StandardCharsets.UTF_8),

  /** Text in ISO 8859-1, which every byte is a character of. */
  LATIN1(StandardCharsets.ISO_8859_1),

  /** Bytes, keys of dicts too. */
  BYTES(null);

  private final @Nullable Charset charset;

  Python2Strings(@Nullable Charset charset) {
    this.charset = charset;
  }

  /** Returns text or bytes. */
  Object read(byte[] bytes) throws Refusal {
    if (charset == null) {
      return bytes;
    }
    if (this == UTF8) {
      return Utf8.decode(bytes, 0, bytes.length);
    }
    if (this == ASCII) {
      for (byte each : bytes) {
        if (each < 0) {
          throw new Refusal(
              "a str of Python 2 is not ASCII; the option pickle.python2 says what it is: utf8, latin1 or bytes");
        }
      }
    }
    return new String(bytes, charset);
  }
}
