package io.jstorage.s3.requests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Memory for one part of a stream, which grows with what the stream holds. It consists of arrays
 * small enough that G1 gives none its own region. Confined to one thread at a time.
 */
public final class PartBuffer {
  private static final int FIRST_BYTES = 1 << 14;
  private static final int MOST_BYTES = 1 << 18;

  private final List<byte[]> blocks = new ArrayList<>();
  private final int length;
  private int capacity;
  private int count;

  /**
   * Makes an empty buffer.
   *
   * @param length the length of a part, in bytes
   */
  public PartBuffer(int length) {
    this.length = length;
  }

  /** Reads a part in place of what it held; less than its length at the end of the stream only. */
  public void fill(InputStream in) throws IOException {
    count = 0;
    for (int i = 0; count < length; i++) {
      if (i == blocks.size()) {
        add();
      }
      byte[] block = blocks.get(i);
      int got = in.readNBytes(block, 0, block.length);
      count += got;
      if (got < block.length) {
        return;
      }
    }
  }

  private void add() {
    int wanted = Math.min(MOST_BYTES, Math.max(FIRST_BYTES, capacity));
    byte[] block = new byte[Math.min(wanted, length - capacity)];
    blocks.add(block);
    capacity += block.length;
  }

  /** Returns how many bytes of memory it takes. */
  int capacity() {
    return capacity;
  }

  /** Returns the length of a part. */
  public int length() {
    return length;
  }

  /** Returns whether the stream gave as much as a part holds. */
  public boolean isFull() {
    return count == length;
  }

  /** Returns whether the stream gave nothing. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** Returns the bytes, which hold until the next {@link #fill}. */
  public Payload payload() {
    CRC32 crc = new CRC32();
    int left = count;
    for (int i = 0; left > 0; i++) {
      byte[] block = blocks.get(i);
      int used = Math.min(left, block.length);
      crc.update(block, 0, used);
      left -= used;
    }
    return Payload.of(this::stream, count, crc);
  }

  private InputStream stream() {
    List<InputStream> streams = new ArrayList<>();
    int left = count;
    for (int i = 0; left > 0; i++) {
      byte[] block = blocks.get(i);
      int used = Math.min(left, block.length);
      streams.add(new ByteArrayInputStream(block, 0, used));
      left -= used;
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }
}
