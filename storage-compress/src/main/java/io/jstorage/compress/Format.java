package io.jstorage.compress;

import java.io.IOException;
import java.io.OutputStream;

/** One way to compress. Thread-safe. */
interface Format {
  /**
   * Compresses a value; the result carries a checksum.
   *
   * @throws IOException if the result does not fit into an array
   */
  byte[] compress(byte[] plain) throws IOException;

  /**
   * Decompresses everything, to the last byte. Passes on what the output throws; any other {@link
   * IOException} or {@link RuntimeException} means bytes that are damaged or cut short.
   *
   * @param maxMemory the most bytes to take for a dictionary or window
   * @throws LimitException if it would take more
   */
  void decompress(byte[] coded, long maxMemory, OutputStream plain) throws IOException;

  /** Returns the compressed bytes, lengthened to so many or a few more; the value is the same. */
  byte[] pad(byte[] coded, int length);
}
