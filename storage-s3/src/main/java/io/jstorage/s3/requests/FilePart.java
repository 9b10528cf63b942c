package io.jstorage.s3.requests;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Some bytes in the middle of a file. */
final class FilePart extends FilterInputStream {
  /** The HTTP client takes 4 KiB at a time, which would be a call of the system each. */
  private static final int BUFFER_BYTES = 1 << 15;

  private long left;

  private FilePart(InputStream in, long length) {
    super(new BufferedInputStream(in, BUFFER_BYTES));
    this.left = length;
  }

  static InputStream open(Path file, long start, long length) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(start);
      return new FilePart(in, length);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  static InputStream openUnchecked(Path file, long start, long length) {
    try {
      return open(file, start, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0 && length > 0) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(left, length));
    left -= Math.max(0, count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(Math.min(left, count));
    left -= skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, in.available());
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
