package io.jstorage.file;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A complete file under a temporary name, waiting to take its place in one step. Closing it deletes
 * it unless it has.
 */
final class PreparedFile implements Closeable {
  private final Disk disk;
  private final Path file;
  private boolean placed;

  private PreparedFile(Disk disk, Path file) {
    this.disk = disk;
    this.file = file;
  }

  /** Writes a file of some bytes, with the system's time of last modification. */
  static PreparedFile write(Disk disk, Path directory, byte[] bytes, boolean sync)
      throws IOException {
    return write(disk, directory, Content.of(bytes), () -> null, sync);
  }

  /**
   * Writes the file.
   *
   * @param modified tells, when all is written, its time of last modification, or null for the
   *     system's
   * @param sync whether to force it to the disk
   */
  static PreparedFile write(
      Disk disk,
      Path directory,
      Content content,
      Supplier<@Nullable FileTime> modified,
      boolean sync)
      throws IOException {
    Path file = directory.resolve(TemporaryNames.next(System.currentTimeMillis()));
    FileOutputStream out = disk.create(file);
    PreparedFile prepared = new PreparedFile(disk, file);
    try (out) {
      content.writeTo(out, disk);
      FileTime time = modified.get();
      if (time != null) {
        disk.setModified(file, time);
      }
      if (sync) {
        disk.sync(out);
      }
    } catch (IOException | RuntimeException | Error e) {
      try {
        prepared.close();
      } catch (IOException e2) {
        e.addSuppressed(e2);
      }
      throw e;
    }
    return prepared;
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
    if (!placed) {
      disk.delete(file);
    }
  }
}
