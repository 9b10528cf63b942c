package io.jstorage.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** A stream of 256 MiB that costs little to read. */
final class Payload extends InputStream {
  private final byte[] block = new byte[1 << 20];
  private long left = 256L << 20;

  Payload() {
    new Random(1).nextBytes(block);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int wanted) {
    if (left == 0 && wanted > 0) {
      return -1;
    }
    int count = (int) Math.min(Math.min(wanted, left), block.length);
    System.arraycopy(block, 0, target, offset, count);
    left -= count;
    return count;
  }
}
