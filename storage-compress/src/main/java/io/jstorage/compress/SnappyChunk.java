package io.jstorage.compress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One chunk of a stream: its type, and its content within an array. */
final class SnappyChunk {
  static final int COMPRESSED = 0x00;
  static final int UNCOMPRESSED = 0x01;
  static final int STREAM_IDENTIFIER = 0xff;

  private static final int PADDING = 0xfe;
  private static final int FIRST_SKIPPABLE = 0x80;

  /** One of the skippable types, with a name at the start as anybody may use them. */
  private static final int ANNOUNCEMENT = 0xfd;

  private static final byte[] ANNOUNCEMENT_NAME = "size".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] IDENTIFIER_NAME = "sNaPpY".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_LENGTH = 4;
  private static final int MAX_LENGTH = (1 << 24) - 1;

  private final int type;
  private final byte[] array;
  private final int offset;
  private final int length;

  private SnappyChunk(int type, byte[] array, int offset, int length) {
    this.type = type;
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** Reads the chunk that starts at a position. */
  static SnappyChunk at(byte[] coded, int position) throws IOException {
    int left = coded.length - position - HEADER_LENGTH;
    if (left < 0) {
      throw new IOException("it ends within the header of a chunk");
    }
    int header = littleEndian(coded).getInt(position);
    int length = header >>> 8;
    if (length > left) {
      throw new IOException("it ends within a chunk");
    }
    return new SnappyChunk(header & 0xff, coded, position + HEADER_LENGTH, length);
  }

  /** Returns a chunk that names the length of the whole value. */
  static byte[] announcing(int plainLength) {
    int length = ANNOUNCEMENT_NAME.length + Integer.BYTES;
    return littleEndian(new byte[HEADER_LENGTH + length])
        .putInt(ANNOUNCEMENT | length << 8)
        .put(ANNOUNCEMENT_NAME)
        .putInt(plainLength)
        .array();
  }

  /** Returns a chunk of zeros, of that length as far as a chunk can be of it. */
  static byte[] padding(int wholeLength) {
    int length = Math.min(MAX_LENGTH, Math.max(0, wholeLength - HEADER_LENGTH));
    return littleEndian(new byte[HEADER_LENGTH + length]).putInt(PADDING | length << 8).array();
  }

  int type() {
    return type;
  }

  int end() {
    return offset + length;
  }

  boolean isIdentifier() {
    return type == STREAM_IDENTIFIER && holds(IDENTIFIER_NAME) && length == IDENTIFIER_NAME.length;
  }

  boolean isSkippable() {
    return type >= FIRST_SKIPPABLE && type != STREAM_IDENTIFIER;
  }

  /** Returns the announced length of the value, or -1 if this chunk announces none. */
  int announced() {
    return type == ANNOUNCEMENT
            && holds(ANNOUNCEMENT_NAME)
            && length == ANNOUNCEMENT_NAME.length + Integer.BYTES
        ? littleEndian(array).getInt(offset + ANNOUNCEMENT_NAME.length)
        : -1;
  }

  /** Returns the masked checksum with which a chunk of data starts. */
  int checksum() {
    return littleEndian(array).getInt(offset);
  }

  /** Returns where the data of a chunk of data starts, after the checksum. */
  int dataOffset() {
    return offset + Integer.BYTES;
  }

  /** Returns how much data there is in a chunk of data. */
  int dataLength() throws IOException {
    if (length < Integer.BYTES) {
      throw new IOException("a chunk of data has no checksum");
    }
    return length - Integer.BYTES;
  }

  private boolean holds(byte[] name) {
    int end = offset + Math.min(length, name.length);
    return Arrays.equals(array, offset, end, name, 0, name.length);
  }

  private static ByteBuffer littleEndian(byte[] array) {
    return ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
  }
}
