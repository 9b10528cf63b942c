package io.jstorage.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Determines the longest possible name of a file by making some files: a file system that encrypts
 * names or marks deletions by a prefix takes shorter names than others.
 */
final class NameLimit {
  private NameLimit() {}

  /**
   * Returns the length of the longest name that a directory takes, at most that of most file
   * systems.
   *
   * @param needed the shortest length with which a store can work
   */
  static int probe(Disk disk, Path directory, int needed) throws IOException {
    IOException tooLong = attempt(disk, directory, FileNames.MAX_BYTES);
    if (tooLong == null) {
      return FileNames.MAX_BYTES;
    }
    IOException failure = attempt(disk, directory, TemporaryNames.MIN_BYTES);
    if (failure != null) {
      // It is not the length.
      throw failure;
    }
    int taken = TemporaryNames.MIN_BYTES;
    int refused = FileNames.MAX_BYTES;
    while (refused - taken > 1) {
      int middle = (taken + refused) / 2;
      if (attempt(disk, directory, middle) == null) {
        taken = middle;
      } else {
        refused = middle;
      }
    }
    if (taken < needed) {
      FileSystemException e =
          new FileSystemException(
              directory.toString(),
              null,
              "the file system takes names of %d bytes, and a store with this suffix needs %d; choose a shorter suffix or another file system"
                  .formatted(taken, needed));
      e.initCause(tooLong);
      throw e;
    }
    return taken;
  }

  private static @Nullable IOException attempt(Disk disk, Path directory, int length)
      throws IOException {
    Path file = directory.resolve(TemporaryNames.next(System.currentTimeMillis(), length));
    try {
      disk.create(file).close();
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      return e;
    }
    disk.delete(file);
    return null;
  }
}
