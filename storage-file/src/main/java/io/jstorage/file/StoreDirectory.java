package io.jstorage.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prepares a directory for a store: makes it, checks it, and deletes files that killed processes
 * left.
 */
final class StoreDirectory {
  private StoreDirectory() {}

  /** Returns the absolute path of a directory that may become one of a store. */
  static Path absolute(Path given) throws IOException {
    Path directory = given.toAbsolutePath();
    if (directory.getFileSystem() != FileSystems.getDefault()) {
      throw new FileSystemException(
          given.toString(), null, "only the default file system has the locks that a store needs");
    }
    if (!isExpressible(directory)) {
      throw new FileSystemException(
          given.toString(),
          null,
          "the path has characters that the locale of this JVM cannot express; start it under a UTF-8 locale");
    }
    return directory;
  }

  /** Makes a directory and its parents if they do not exist. */
  static void prepare(Disk disk, Path directory, Durability durability) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    Path there = directory;
    while (there != null && !Files.exists(there)) {
      missing.push(there);
      there = there.getParent();
    }
    for (Path path : missing) {
      disk.createDirectory(path);
      Path parent = path.getParent();
      if (durability == Durability.FULL && parent != null) {
        disk.syncDirectory(parent);
      }
    }
    if (durability == Durability.FULL && there != null) {
      syncMadeBefore(disk, there);
    }
    if (!Files.isDirectory(directory)) {
      throw new FileSystemException(directory.toString(), null, "it is not a directory");
    }
  }

  /**
   * Makes the name of an existing directory durable: the process that made it may be about to do
   * so, or have died before.
   */
  private static void syncMadeBefore(Disk disk, Path directory) throws IOException {
    Path parent = directory.getParent();
    if (parent == null || isMountPoint(directory, parent)) {
      return;
    }
    try {
      disk.syncDirectory(parent);
    } catch (AccessDeniedException e) {
      // A place that this user may not read is not one where a store of this user made directories.
    }
  }

  /** The name of one is nobody's to make durable, and what it is in may not know how to. */
  private static boolean isMountPoint(Path directory, Path parent) throws IOException {
    return directory.getFileSystem().supportedFileAttributeViews().contains("unix")
        && !Files.getAttribute(directory, "unix:dev")
            .equals(Files.getAttribute(parent, "unix:dev"));
  }

  /** A path found by listing a directory may have bytes that a string does not keep. */
  private static boolean isExpressible(Path path) {
    try {
      return path.toFile().toPath().equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Deletes temporary files that are too old to be in use, and keys whose values a killed process
   * never wrote or has deleted.
   */
  static void sweep(OpenDirectory directory) throws IOException {
    Disk disk = directory.disk;
    FileNames names = directory.names;
    long nowMillis = System.currentTimeMillis();
    List<String> found;
    try (Stream<String> listed = Listing.lazily(disk, directory.path)) {
      found =
          listed
              .filter(
                  name ->
                      TemporaryNames.isAbandoned(name, nowMillis)
                          || names.hashedNameOfKeyFile(name) != null)
              .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (String name : found) {
      String hashedName = names.hashedNameOfKeyFile(name);
      if (hashedName == null) {
        deleteIfAbandoned(disk, directory.file(name), nowMillis);
      } else if (disk.attributes(directory.file(hashedName)) == null) {
        deleteIfOrphaned(directory, hashedName);
      }
    }
  }

  /** A key without a value does no harm, so that it may stay if the lock is not free. */
  private static void deleteIfOrphaned(OpenDirectory directory, String hashedName)
      throws IOException {
    DirectoryLock.Held held = directory.tryAcquire();
    if (held != null) {
      try (held) {
        if (directory.disk.attributes(directory.file(hashedName)) == null) {
          directory.keyFiles.delete(hashedName);
        }
      }
    }
  }

  /** A stream may take its writer longer than files are left alone for their names. */
  private static void deleteIfAbandoned(Disk disk, Path file, long nowMillis) throws IOException {
    BasicFileAttributes attributes = disk.attributes(file);
    if (attributes != null
        && attributes.isRegularFile()
        && Math.abs(nowMillis - attributes.lastModifiedTime().toMillis())
            > TemporaryNames.ABANDONED_AFTER.toMillis()) {
      disk.delete(file);
    }
  }
}
