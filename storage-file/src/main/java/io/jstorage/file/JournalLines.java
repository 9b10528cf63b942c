package io.jstorage.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a journal: a kind, an argument, and the CRC-32 of both, {@code g some_key.storage.lru
 * 1f0c3a88}. Appended text begins and ends with a line break, so that an unfinished line damages no
 * other. {@code docs/format.md} specifies the format.
 */
final class JournalLines {
  /** The version of the format, the argument of {@link Kind#VERSION}. */
  static final String VERSION = "1";

  /** More than the longest line has: the name of a file is the longest argument. */
  static final int MAX_LINE_BYTES = 512;

  private static final HexFormat HEX = HexFormat.of();
  private static final int CRC_DIGITS = 8;

  /** The meaning of a line. */
  enum Kind {
    VERSION('v'),
    LIMIT('l'),
    BYTES('b'),
    PUT('p'),
    GET('g'),
    DELETE('d');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    private static @Nullable Kind of(byte letter) {
      return switch (letter) {
        case 'v' -> VERSION;
        case 'l' -> LIMIT;
        case 'b' -> BYTES;
        case 'p' -> PUT;
        case 'g' -> GET;
        case 'd' -> DELETE;
        default -> null;
      };
    }
  }

  /** Receives the lines that are read. */
  @FunctionalInterface
  interface Sink {
    void line(Kind kind, String argument);
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CRC32 crc = new CRC32();

  JournalLines() {
    bytes.write('\n');
  }

  JournalLines add(Kind kind, String argument) {
    byte[] line = (kind.letter + " " + argument).getBytes(US_ASCII);
    crc.reset();
    crc.update(line);
    bytes.writeBytes(line);
    bytes.write(' ');
    bytes.writeBytes(HEX.toHexDigits((int) crc.getValue()).getBytes(US_ASCII));
    bytes.write('\n');
    return this;
  }

  boolean isEmpty() {
    return bytes.size() == 1;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  /**
   * Passes the meaning of a line to a sink, from its first byte to the one before its end; nothing
   * if it is damaged.
   */
  static void parse(byte[] bytes, int start, int end, CRC32 crc, Sink sink) {
    int crcStart = end - CRC_DIGITS;
    if (crcStart - start < 4 || bytes[start + 1] != ' ' || bytes[crcStart - 1] != ' ') {
      return;
    }
    long expected = 0;
    for (int i = crcStart; i < end; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return;
      }
      expected = expected << 4 | digit;
    }
    crc.reset();
    crc.update(bytes, start, crcStart - 1 - start);
    Kind kind = Kind.of(bytes[start]);
    if (kind != null && crc.getValue() == expected) {
      sink.line(kind, new String(bytes, start + 2, crcStart - start - 3, US_ASCII));
    }
  }
}
