package io.jstorage.benchmarks.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Random;

/** The program that sends a file or a stream a few times, and prints the nanoseconds. */
final class Transfer {
  static final int TIMES = 3;

  private Transfer() {}

  static void time(Runnable transfer) {
    long begun = System.nanoTime();
    transfer.run();
    System.out.println(System.nanoTime() - begun);
  }

  /** A stream that costs little to read. */
  static final class Bytes extends InputStream {
    private final byte[] block = new byte[1 << 20];
    private long left = (long) Transfers.MIB << 20;

    Bytes() {
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

  /** Takes a sender, an endpoint, and a file, or any other path for a stream. */
  public static void main(String[] args) throws Exception {
    Sender.valueOf(args[0]).run(URI.create(args[1]), Path.of(args[2]));
  }
}
