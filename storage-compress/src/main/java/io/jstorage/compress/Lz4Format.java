package io.jstorage.compress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/** LZ4 frames; neither frames with a dictionary of their own nor those of before 2013. */
final class Lz4Format implements Format {
  private static final int BUFFER_BYTES = 8 * 1024;

  @Override
  public byte[] compress(byte[] plain) throws IOException {
    return new Lz4Writer(plain).write();
  }

  /** Reads frame by frame: the reader would do so itself, but recursively. */
  @Override
  public void decompress(byte[] coded, long maxMemory, OutputStream plain) throws IOException {
    int frames = 0;
    int position = 0;
    do {
      if (SkippableFrame.startsAt(coded, position)) {
        position = SkippableFrame.endOf(coded, position);
      } else {
        position = copyFrame(coded, position, plain);
        frames++;
      }
    } while (position < coded.length);
    if (frames == 0) {
      throw new IOException("it has no frame");
    }
  }

  /** Copies the content of the frame at a position, and returns the position after it. */
  private static int copyFrame(byte[] coded, int position, OutputStream plain) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(coded, position, coded.length - position);
    try (InputStream frame = new FramedLZ4CompressorInputStream(in)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      int left;
      do {
        // The reader says "end" after an empty block, too. At the end it no longer moves.
        left = in.available();
        for (int n = frame.read(buffer); n >= 0; n = frame.read(buffer)) {
          plain.write(buffer, 0, n);
        }
      } while (in.available() != left);
      return coded.length - left;
    }
  }

  @Override
  public byte[] pad(byte[] coded, int length) {
    return SkippableFrame.append(coded, length);
  }
}
