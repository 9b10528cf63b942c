package io.jstorage.s3.requests;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Memory for one part of a stream, which begins small and grows with what the stream holds. Of one
 * thread.
 */
public final class PartBuffer {
  private static final int FIRST_BYTES = 1 << 14;

  private byte[] bytes = {};
  private int count;
  private int wanted;

  /** Makes an empty buffer. */
  public PartBuffer() {}

  /** Reads up to a number of bytes in place of those that it held; fewer at the end only. */
  public void fill(InputStream in, int wanted) throws IOException {
    this.wanted = wanted;
    this.count = 0;
    while (count < wanted) {
      if (count == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Math.max(FIRST_BYTES, 4L * count)));
      }
      int most = Math.min(wanted, bytes.length) - count;
      int got = in.readNBytes(bytes, count, most);
      count += got;
      if (got < most) {
        return;
      }
    }
  }

  /** Returns how many bytes of memory it takes. */
  int capacity() {
    return bytes.length;
  }

  /** Returns whether the stream gave as much as was wanted. */
  public boolean isFull() {
    return count == wanted;
  }

  /** Returns whether the stream gave nothing. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** Returns the bytes, which hold until the next {@link #fill}. */
  public Payload payload() {
    return Payload.of(bytes, count);
  }
}
