package io.jstorage.compress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The frame that readers of LZ4 and of Zstandard skip; both specify the same one. */
final class SkippableFrame {
  private static final int HEADER_LENGTH = 8;

  /** The first of sixteen magic numbers that differ in their last four bits. */
  private static final int MAGIC = 0x184D2A50;

  private SkippableFrame() {}

  /** Returns whether one starts at a position, and its header is there. */
  static boolean startsAt(byte[] coded, int position) {
    return coded.length - position >= HEADER_LENGTH
        && (header(coded, position).getInt() & ~0xf) == MAGIC;
  }

  /** Returns the position after the one that starts at a position. */
  static int endOf(byte[] coded, int position) throws IOException {
    long length = Integer.toUnsignedLong(header(coded, position).getInt(position + 4));
    if (length > coded.length - position - HEADER_LENGTH) {
      throw new IOException("it ends within a skippable frame");
    }
    return position + HEADER_LENGTH + (int) length;
  }

  /**
   * Returns the bytes followed by a frame of zeros, together of a given length or a little more.
   */
  static byte[] append(byte[] coded, int length) {
    byte[] padded = Arrays.copyOf(coded, Math.max(length, coded.length + HEADER_LENGTH));
    header(padded, coded.length).putInt(MAGIC).putInt(padded.length - coded.length - HEADER_LENGTH);
    return padded;
  }

  private static ByteBuffer header(byte[] coded, int position) {
    return ByteBuffer.wrap(coded, position, HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
  }
}
