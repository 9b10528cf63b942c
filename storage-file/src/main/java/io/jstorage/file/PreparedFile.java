package io.jstorage.file;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A complete file under a temporary name, waiting to take its place in one step. Closing it deletes
 * it unless it has.
 */
final class PreparedFile implements Closeable {
  private final Disk disk;
  private final Path file;
  private final FileOutputStream out;
  private boolean open = true;
  private boolean placed;
  private boolean closed;

  private PreparedFile(Disk disk, Path file, FileOutputStream out) {
    this.disk = disk;
    this.file = file;
    this.out = out;
  }

  /** Begins to write a file. */
  static PreparedFile create(Disk disk, Path directory) throws IOException {
    Path file = directory.resolve(TemporaryNames.next(System.currentTimeMillis()));
    return new PreparedFile(disk, file, disk.create(file));
  }

  void write(Content content) throws IOException {
    content.writeTo(out, disk);
  }

  /** Ends writing, and forces the file to the disk if that is asked for. */
  void finish(boolean sync) throws IOException {
    if (sync) {
      disk.sync(out, file);
    }
    open = false;
    out.close();
  }

  Path path() {
    return file;
  }

  /** Takes the place of whatever has the name, in one step. */
  void place(Path target) throws IOException {
    disk.rename(file, target);
    placed = true;
  }

  boolean isPlaced() {
    return placed;
  }

  @Override
  public void close() throws IOException {
    if (placed || closed) {
      return;
    }
    closed = true;
    try {
      if (open) {
        out.close();
      }
    } finally {
      disk.delete(file);
    }
  }
}
