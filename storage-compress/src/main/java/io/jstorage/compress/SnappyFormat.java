package io.jstorage.compress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.compress.compressors.lz77support.Parameters;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorOutputStream;

/** The Snappy framing format. */
final class SnappyFormat implements Format {
  /** Half to a quarter of the time of the default, for 2 % more bytes. */
  private static final Parameters FAST =
      SnappyCompressorOutputStream.createParameterBuilder(
              SnappyCompressorInputStream.DEFAULT_BLOCK_SIZE)
          .tunedForSpeed()
          .withNiceBackReferenceLength(64)
          .build();

  @Override
  public byte[] compress(byte[] plain) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream(64 + plain.length / 2);
    try (OutputStream out = new FramedSnappyCompressorOutputStream(coded, FAST)) {
      // Its constructor has written the stream identifier already.
      coded.writeBytes(SnappyChunk.announcing(plain.length));
      out.write(plain);
    }
    return coded.toByteArray();
  }

  @Override
  public void decompress(byte[] coded, long maxMemory, OutputStream plain) throws IOException {
    new SnappyReader(coded, plain).readAll();
  }

  @Override
  public byte[] pad(byte[] coded, int length) {
    ByteArrayOutputStream padded = new ByteArrayOutputStream(length);
    padded.writeBytes(coded);
    while (padded.size() < length) {
      padded.writeBytes(SnappyChunk.padding(length - padded.size()));
    }
    return padded.toByteArray();
  }
}
