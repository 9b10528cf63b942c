package io.jstorage.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The content of a file to be written. */
@FunctionalInterface
interface Content {
  /** 64 KiB, beyond which larger pieces are hardly faster. */
  int PIECE_BYTES = 1 << 16;

  /** Writes all of it, once. */
  void writeTo(FileOutputStream file, Disk disk) throws IOException;

  static Content of(byte[] bytes) {
    return (file, disk) -> disk.write(file, bytes);
  }

  /** The rest of a stream, written a piece at a time. */
  static Content of(InputStream bytes) {
    return (file, disk) -> {
      byte[] piece = new byte[PIECE_BYTES];
      int length;
      do {
        length = bytes.readNBytes(piece, 0, PIECE_BYTES);
        disk.write(file, length == PIECE_BYTES ? piece : Arrays.copyOf(piece, length));
      } while (length == PIECE_BYTES);
    };
  }
}
