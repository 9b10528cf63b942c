package io.jstorage.jdk;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** One reading of one compressed value, of one or more members. */
final class GzipReader {
  private static final int FHCRC = 2;
  private static final int FEXTRA = 4;
  private static final int FNAME = 8;
  private static final int FCOMMENT = 16;
  private static final int RESERVED = 0xe0;

  private static final int TRAILER_LENGTH = 8;
  private static final int SCRATCH_BYTES = 16 * 1024;

  /**
   * The best ratio that deflate reaches, rounded up: a larger claim is no reason to make an array.
   */
  private static final int MAX_DEFLATE_RATIO = 1033;

  private static final int DOES_NOT_FIT = -1;

  private final byte[] coded;
  private final int cap;
  private final Inflater inflater;
  private int position;

  /** Refuses what becomes more than {@code cap} bytes, all members together. */
  GzipReader(byte[] coded, int cap, Inflater inflater) {
    this.coded = coded;
    this.cap = cap;
    this.inflater = inflater;
  }

  /**
   * Inflates once into an array of the size that the trailer claims, if it is plausible. If the
   * claim is wrong, as it is for several members and for hostile bytes, everything is first checked
   * and counted without keeping it: no array is ever made for more bytes than exist and are
   * allowed.
   */
  byte[] readAll() throws IOException {
    long claimed = coded.length < TRAILER_LENGTH ? 0 : int32(coded.length - 4) & 0xffff_ffffL;
    if (claimed <= cap && claimed <= (long) coded.length * MAX_DEFLATE_RATIO) {
      byte[] plain = new byte[(int) claimed];
      if (readInto(plain) == claimed) {
        return plain;
      }
    }
    byte[] plain = new byte[count()];
    readInto(plain);
    return plain;
  }

  /** Returns the length of all members together, or {@link #DOES_NOT_FIT}. */
  private int readInto(byte[] plain) throws IOException {
    int total = 0;
    position = 0;
    do {
      startMember();
      int start = total;
      while (!inflater.finished()) {
        if (total < plain.length) {
          total += inflate(plain, total);
        } else if (inflate(new byte[1], 0) > 0) {
          return DOES_NOT_FIT;
        }
      }
      CRC32 crc = new CRC32();
      crc.update(plain, start, total - start);
      endMember(crc, total - start);
    } while (position < coded.length);
    return total;
  }

  private int count() throws IOException {
    byte[] scratch = new byte[SCRATCH_BYTES];
    int total = 0;
    position = 0;
    do {
      startMember();
      int start = total;
      CRC32 crc = new CRC32();
      while (!inflater.finished()) {
        int inflated = inflate(scratch, 0);
        if (inflated > cap - total) {
          throw new IOException(
              "%d compressed bytes become more than %d: raise gzip.limit or gzip.ratio if that is right"
                  .formatted(coded.length, cap));
        }
        crc.update(scratch, 0, inflated);
        total += inflated;
      }
      endMember(crc, total - start);
    } while (position < coded.length);
    return total;
  }

  private int inflate(byte[] target, int offset) throws IOException {
    int inflated;
    try {
      inflated = inflater.inflate(target, offset, target.length - offset);
    } catch (DataFormatException e) {
      throw new IOException("the compressed data is damaged: " + e.getMessage(), e);
    }
    if (inflated == 0 && !inflater.finished()) {
      throw truncated();
    }
    return inflated;
  }

  private void startMember() throws IOException {
    int start = position;
    if (coded.length - start < 2 || uint16(start) != 0x8b1f) {
      throw new IOException(
          start == 0
              ? "the value is not in gzip format"
              : "%d bytes after the end of the gzip data are no further member"
                  .formatted(coded.length - start));
    }
    need(10);
    int flags = coded[start + 3];
    if (coded[start + 2] != 8 || (flags & RESERVED) != 0) {
      throw new IOException("the gzip header has an unknown compression method or flag");
    }
    position += 10;
    if ((flags & FEXTRA) != 0) {
      need(2);
      int length = uint16(position);
      position += 2;
      need(length);
      position += length;
    }
    if ((flags & FNAME) != 0) {
      skipText();
    }
    if ((flags & FCOMMENT) != 0) {
      skipText();
    }
    if ((flags & FHCRC) != 0) {
      need(2);
      CRC32 crc = new CRC32();
      crc.update(coded, start, position - start);
      if (uint16(position) != (crc.getValue() & 0xffff)) {
        throw new IOException("the checksum of the gzip header does not match");
      }
      position += 2;
    }
    inflater.reset();
    inflater.setInput(coded, position, coded.length - position);
  }

  private void endMember(CRC32 crc, int length) throws IOException {
    position = coded.length - inflater.getRemaining();
    need(TRAILER_LENGTH);
    if (int32(position) != (int) crc.getValue() || int32(position + 4) != length) {
      throw new IOException("the checksum or the length of the gzip data does not match");
    }
    position += TRAILER_LENGTH;
  }

  private void skipText() throws IOException {
    do {
      need(1);
    } while (coded[position++] != 0);
  }

  private void need(int bytes) throws IOException {
    if (coded.length - position < bytes) {
      throw truncated();
    }
  }

  private IOException truncated() {
    return new IOException("the gzip data is cut short after %d bytes".formatted(coded.length));
  }

  private int uint16(int at) {
    return (coded[at] & 0xff) | (coded[at + 1] & 0xff) << 8;
  }

  private int int32(int at) {
    return uint16(at) | uint16(at + 2) << 16;
  }
}
