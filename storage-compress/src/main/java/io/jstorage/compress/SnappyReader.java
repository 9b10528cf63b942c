package io.jstorage.compress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;

/**
 * One reading of one or more streams of chunks.
 *
 * <p>The chunks are distinguished here, and only their content is left to commons-compress: its own
 * reader of chunks is recursive, so that many empty ones overflow the stack, and it cannot notice
 * that chunks are missing at the end.
 */
final class SnappyReader {
  /** 64 KiB, as the format demands. */
  private static final int MAX_CHUNK_BYTES = 1 << 16;

  private static final int NOT_ANNOUNCED = -1;

  private final byte[] coded;
  private final OutputStream plain;

  /** One byte more, to see a chunk that has too many. */
  private final byte[] buffer = new byte[MAX_CHUNK_BYTES + 1];

  private int announced = NOT_ANNOUNCED;
  private long inStream;
  private boolean hasData;

  SnappyReader(byte[] coded, OutputStream plain) {
    this.coded = coded;
    this.plain = plain;
  }

  void readAll() throws IOException {
    SnappyChunk chunk = SnappyChunk.at(coded, 0);
    if (!chunk.isIdentifier()) {
      throw new IOException("it does not start with a stream identifier");
    }
    while (chunk.end() < coded.length) {
      chunk = SnappyChunk.at(coded, chunk.end());
      if (chunk.isIdentifier()) {
        endStream();
      } else {
        read(chunk);
      }
    }
    endStream();
  }

  private void endStream() throws IOException {
    if (announced != NOT_ANNOUNCED && announced != inStream) {
      throw new IOException(
          "a stream has %d bytes and announces %d".formatted(inStream, announced));
    }
    if (announced == NOT_ANNOUNCED && !hasData) {
      throw new IOException("a stream has nothing but a header");
    }
    announced = NOT_ANNOUNCED;
    inStream = 0;
    hasData = false;
  }

  private void read(SnappyChunk chunk) throws IOException {
    switch (chunk.type()) {
      case SnappyChunk.COMPRESSED -> pass(chunk, decompress(chunk));
      case SnappyChunk.UNCOMPRESSED -> pass(chunk, copy(chunk));
      default -> {
        if (!chunk.isSkippable()) {
          throw new IOException("it has a chunk of unknown type %02x".formatted(chunk.type()));
        }
        if (!hasData && announced == NOT_ANNOUNCED) {
          announced = chunk.announced();
        }
      }
    }
  }

  private int decompress(SnappyChunk chunk) throws IOException {
    ByteArrayInputStream data =
        new ByteArrayInputStream(coded, chunk.dataOffset(), chunk.dataLength());
    try (SnappyCompressorInputStream in = new SnappyCompressorInputStream(data)) {
      int length = in.readNBytes(buffer, 0, buffer.length);
      if (length != in.getSize() || data.available() > 0) {
        throw new IOException("a chunk does not have the length that it claims");
      }
      return length;
    }
  }

  private int copy(SnappyChunk chunk) throws IOException {
    int length = Math.min(chunk.dataLength(), buffer.length);
    System.arraycopy(coded, chunk.dataOffset(), buffer, 0, length);
    return length;
  }

  private void pass(SnappyChunk chunk, int length) throws IOException {
    if (length > MAX_CHUNK_BYTES) {
      throw new IOException("a chunk has more than %d bytes".formatted(MAX_CHUNK_BYTES));
    }
    CRC32C crc = new CRC32C();
    crc.update(buffer, 0, length);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    if (masked != chunk.checksum()) {
      throw new IOException("the checksum of a chunk does not match");
    }
    plain.write(buffer, 0, length);
    inStream += length;
    hasData = true;
  }
}
