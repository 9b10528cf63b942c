package io.jstorage.s3;

import static java.util.Objects.requireNonNull;

import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The program of a JVM with little memory: a long stream into a store and out of it. */
final class Streamer {
  private Streamer() {}

  /** Endpoint, bucket, access key, secret key, length. */
  public static void main(String[] args) throws IOException {
    long length = Long.parseLong(args[4]);
    try (S3Store store =
        S3Store.in(args[1]).endpoint(URI.create(args[0])).credentials(args[2], args[3]).open()) {
      Numbers numbers = new Numbers(length);
      store.writeStream("long", numbers, WriteOptions.NONE);
      CRC32 crc = new CRC32();
      long count = 0;
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = requireNonNull(store.readStream("long"))) {
        int got;
        while ((got = in.read(buffer)) >= 0) {
          crc.update(buffer, 0, got);
          count += got;
        }
      }
      if (count != length || crc.getValue() != numbers.crc.getValue()) {
        throw new IOException("%d bytes came back otherwise than they went".formatted(count));
      }
    }
    System.out.println("came back");
  }

  /** A stream that never repeats itself. */
  private static final class Numbers extends InputStream {
    final CRC32 crc = new CRC32();
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
    private final long length;
    private long position;

    Numbers(long length) {
      this.length = length;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) {
      int count = (int) Math.min(wanted, length - position);
      if (count == 0 && wanted > 0) {
        return -1;
      }
      for (int i = 0; i < count; i++, position++) {
        int index = (int) (position % Long.BYTES);
        if (index == 0) {
          number.putLong(0, position * 0x9E3779B97F4A7C15L);
        }
        bytes[offset + i] = number.get(index);
      }
      crc.update(bytes, offset, count);
      return count;
    }
  }
}
