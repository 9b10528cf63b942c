package io.jstorage.compress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.commons.codec.digest.XXHash32;

/**
 * One writing of one frame of independent blocks with a checksum of the content.
 *
 * <p>The search is that of the fast mode of the LZ4 reference implementation: one candidate for
 * each hash of four bytes, and longer steps the longer nothing is found. The writer of
 * commons-compress saves up to a sixth of the bytes, but works for seconds on each MiB of text.
 */
final class Lz4Writer {
  /**
   * Magic number; version 1, independent blocks, checksum of the content; 4 MiB; header checksum.
   */
  private static final byte[] HEADER = {4, 0x22, 0x4d, 0x18, 0x64, 0x70, (byte) 0xb9};

  private static final int TRAILER_LENGTH = 8;
  private static final int MAX_BLOCK_BYTES = 4 << 20;
  private static final int NOT_COMPRESSED = 1 << 31;

  private static final int MIN_MATCH = 4;
  private static final int MAX_DISTANCE = (1 << 16) - 1;

  /** The format ends a block with five literals, and starts no match in its last twelve bytes. */
  private static final int LAST_LITERALS = 5;

  private static final int LAST_MATCH_START = 12;

  /** A length of which only so much stands in the four bits of a token. */
  private static final int LONG = 15;

  /** How often nothing is found before the steps become longer. */
  private static final int PATIENCE_LOG = 6;

  private static final int MAX_HASH_LOG = 14;
  private static final int HASH_FACTOR = 0x9e3779b1;

  private final ByteBuffer plain;
  private final ByteBuffer coded;
  private final int[] candidates;
  private final int hashShift;

  Lz4Writer(byte[] plain) throws IOException {
    // A block grows by its length only, as one that would become longer is stored as it is.
    long blocks = (plain.length + MAX_BLOCK_BYTES - 1L) / MAX_BLOCK_BYTES;
    long atMost = HEADER.length + TRAILER_LENGTH + plain.length + blocks * Integer.BYTES;
    // So far from the end that no position plus a step or a block overflows.
    if (atMost > Integer.MAX_VALUE - MAX_BLOCK_BYTES) {
      throw new IOException("the compressed value might not fit into an array");
    }
    this.plain = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    this.coded = ByteBuffer.allocate((int) atMost).order(ByteOrder.LITTLE_ENDIAN);
    int lengthLog = Integer.SIZE - Integer.numberOfLeadingZeros(plain.length);
    int hashLog = Math.max(8, Math.min(MAX_HASH_LOG, lengthLog));
    this.candidates = new int[1 << hashLog];
    this.hashShift = Integer.SIZE - hashLog;
  }

  byte[] write() {
    coded.put(HEADER);
    for (int start = 0; start < plain.limit(); start += MAX_BLOCK_BYTES) {
      writeBlock(start, Math.min(plain.limit(), start + MAX_BLOCK_BYTES));
    }
    coded.putInt(0);
    XXHash32 checksum = new XXHash32();
    checksum.update(plain.array(), 0, plain.limit());
    coded.putInt((int) checksum.getValue());
    return Arrays.copyOf(coded.array(), coded.position());
  }

  private void writeBlock(int start, int end) {
    int at = coded.position();
    coded.putInt(0);
    if (compressBlock(start, end)) {
      coded.putInt(at, coded.position() - at - Integer.BYTES);
    } else {
      coded.position(at);
      coded.putInt(end - start | NOT_COMPRESSED);
      coded.put(plain.array(), start, end - start);
    }
  }

  /** Returns false, with a part of it written, if the block would not become shorter. */
  private boolean compressBlock(int start, int end) {
    int codedEnd = coded.position() + end - start;
    Arrays.fill(candidates, start - 1);
    int anchor = start;
    int at = start;
    while (at < end - LAST_MATCH_START) {
      int word = plain.getInt(at);
      int hash = (word * HASH_FACTOR) >>> hashShift;
      int candidate = candidates[hash];
      candidates[hash] = at;
      if (at - candidate > MAX_DISTANCE || candidate < start || plain.getInt(candidate) != word) {
        at += 1 + ((at - anchor) >> PATIENCE_LOG);
        continue;
      }
      int length = matchLength(candidate, at, end - LAST_LITERALS);
      if (!writeSequence(anchor, at, length, at - candidate, codedEnd)) {
        return false;
      }
      at += length;
      anchor = at;
    }
    return writeSequence(anchor, end, 0, 0, codedEnd);
  }

  private int matchLength(int candidate, int at, int end) {
    byte[] bytes = plain.array();
    int length = Arrays.mismatch(bytes, at, end, bytes, candidate, candidate + end - at);
    return length < 0 ? end - at : length;
  }

  /** Writes literals and, unless they are the last, a match; or returns false for want of room. */
  private boolean writeSequence(int anchor, int at, int length, int distance, int codedEnd) {
    int literals = at - anchor;
    int room = codedEnd - coded.position();
    if (1 + literals / 255 + 1 + literals + Short.BYTES + length / 255 + 1 > room) {
      return false;
    }
    int match = Math.max(0, length - MIN_MATCH);
    coded.put((byte) (Math.min(literals, LONG) << 4 | Math.min(match, LONG)));
    writeRestOf(literals);
    coded.put(plain.array(), anchor, literals);
    if (length > 0) {
      coded.putShort((short) distance);
      writeRestOf(match);
    }
    return true;
  }

  private void writeRestOf(int length) {
    if (length >= LONG) {
      int rest = length - LONG;
      for (; rest >= 255; rest -= 255) {
        coded.put((byte) 255);
      }
      coded.put((byte) rest);
    }
  }
}
