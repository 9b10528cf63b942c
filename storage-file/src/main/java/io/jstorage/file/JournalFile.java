package io.jstorage.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * An open journal: a file that all processes append to, and that this object continues to read from
 * its last position. Appending is thread-safe; only the holder of the directory's lock may read.
 */
final class JournalFile implements Closeable {
  /** 64 KiB. */
  private static final int BUFFER_BYTES = 1 << 16;

  private final Disk disk;
  private final Object identity;
  private final OutputStream out;
  private final InputStream in;
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** How much of the buffer is the beginning of a line whose end is not there yet. */
  private int begun;

  private long position;

  private JournalFile(Disk disk, Object identity, OutputStream out, InputStream in) {
    this.disk = disk;
    this.identity = identity;
    this.out = out;
    this.in = in;
  }

  /** Opens a journal that is not replaced concurrently, to be read from its beginning. */
  static JournalFile open(Disk disk, Path file) throws IOException {
    // Before opening, as opening a FIFO would not return.
    identityOf(disk, file);
    OutputStream out = disk.openToAppend(file);
    try {
      // After opening: an overlay makes a file of a lower layer another one when it is opened to
      // write. The file to read is opened then too, or it might be the old one.
      return new JournalFile(disk, identityOf(disk, file), out, disk.openToRead(file));
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  private static Object identityOf(Disk disk, Path file) throws IOException {
    BasicFileAttributes attributes = disk.attributes(file);
    if (attributes == null || !attributes.isRegularFile()) {
      throw new FileSystemException(
          file.toString(), null, "the journal of a storage must be a regular file; remove it");
    }
    Object identity = attributes.fileKey();
    if (identity == null) {
      throw new FileSystemException(
          file.toString(),
          null,
          "a disk LRU needs a file system that tells one file from another by more than its name");
    }
    return identity;
  }

  /** Returns whether attributes are those of this very file, under whatever name it is now. */
  boolean is(@Nullable BasicFileAttributes attributes) {
    return attributes != null && identity.equals(attributes.fileKey());
  }

  /** Returns whether the file has lost something that was read already. */
  boolean isCut(BasicFileAttributes attributes) {
    return attributes.size() < position;
  }

  /** Returns whether what has been read ends in the beginning of a line. */
  boolean endsInMidLine() {
    return begun > 0;
  }

  /** Adds lines at the end, in one step that others' lines do not divide. */
  void append(JournalLines lines) throws IOException {
    disk.append(out, lines.toBytes());
  }

  /** Reads the lines that have been added since the last call. */
  void read(JournalLines.Sink sink) throws IOException {
    int read;
    while ((read = disk.readOn(in, buffer, begun)) > 0) {
      position += read;
      int end = begun + read;
      int start = 0;
      for (int i = begun; i < end; i++) {
        if (buffer[i] == '\n') {
          JournalLines.parse(buffer, start, i, crc, sink);
          start = i + 1;
        }
      }
      begun = end - start;
      if (begun > JournalLines.MAX_LINE_BYTES) {
        // No line is that long; neither will be what follows up to the next line break.
        begun = 0;
      }
      System.arraycopy(buffer, start, buffer, 0, begun);
    }
  }

  @Override
  public void close() throws IOException {
    try (in) {
      out.close();
    }
  }
}
