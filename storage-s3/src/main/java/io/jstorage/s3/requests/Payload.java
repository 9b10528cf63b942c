package io.jstorage.s3.requests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.CRC32;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * Bytes to be sent, which can be read again and again: the SDK reads them for the signature and
 * once more to send them.
 */
public final class Payload {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ContentStreamProvider bytes;
  private final long length;
  private final String crc32;

  private Payload(ContentStreamProvider bytes, long length, CRC32 crc) {
    this.bytes = bytes;
    this.length = length;
    byte[] sum = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    this.crc32 = Base64.getEncoder().encodeToString(sum);
  }

  /** Sends an array, which must not be changed concurrently. */
  public static Payload of(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return new Payload(() -> new ByteArrayInputStream(bytes), bytes.length, crc);
  }

  /** Bytes whose checksum is known. */
  static Payload of(ContentStreamProvider bytes, long length, CRC32 crc) {
    return new Payload(bytes, length, crc);
  }

  /** A part of a file, which is read here for its checksum. */
  public static Payload of(Path file, long start, long length) throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = length;
    try (InputStream in = FilePart.open(file, start, length)) {
      int count;
      while ((count = in.read(buffer)) > 0) {
        crc.update(buffer, 0, count);
        left -= count;
      }
    }
    if (left > 0 || Files.size(file) < start + length) {
      throw new IOException("%s became shorter while it was read".formatted(file));
    }
    return new Payload(() -> FilePart.openUnchecked(file, start, length), length, crc);
  }

  long length() {
    return length;
  }

  /** The checksum as S3's headers have it, by which the server sees that all bytes arrived. */
  String crc32() {
    return crc32;
  }

  RequestBody body() {
    return RequestBody.fromContentProvider(bytes, length, "application/octet-stream");
  }
}
