package io.jstorage.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Collects bytes up to a limit, so that a value without end does not fill the memory. */
final class BoundedOutput extends OutputStream {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final int maxBytes;

  BoundedOutput(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] b, int off, int len) throws IOException {
    if (len > maxBytes - bytes.size()) {
      throw exceeded(maxBytes);
    }
    bytes.write(b, off, len);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  static IOException exceeded(int maxBytes) {
    return new IOException(
        "the serialized object exceeds the limit of %d bytes (serialized.limit)"
            .formatted(maxBytes));
  }
}
