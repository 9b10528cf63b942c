package io.jstorage.file;

import io.jstorage.spi.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The files that hold the keys too long for a name. One exists before its value is written and
 * until after it is deleted, so that a value's key is always known, even after a power failure,
 * unless nothing is forced to the disk. Written and deleted under the directory's lock.
 */
final class KeyFiles {
  private final Disk disk;
  private final Path directory;
  private final FileNames names;
  private final Durability durability;

  KeyFiles(Disk disk, Path directory, FileNames names, Durability durability) {
    this.disk = disk;
    this.directory = directory;
    this.names = names;
    this.durability = durability;
  }

  /** Writes the key of a hashed name if it does not exist; returns whether it did not. */
  boolean ensure(String hashedName, String key) throws IOException {
    // Without a value it is of a write that failed, or was killed, maybe before it was durable.
    if (disk.attributes(directory.resolve(hashedName)) != null && key.equals(read(hashedName))) {
      return false;
    }
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    try (PreparedFile file = PreparedFile.create(disk, directory)) {
      file.write(Content.of(bytes));
      file.finish(durability != Durability.NONE);
      file.place(pathOf(hashedName));
    }
    syncNames();
    return true;
  }

  /** Deletes the key of a hashed name whose value has been deleted. */
  void delete(String hashedName) throws IOException {
    syncNames();
    disk.delete(pathOf(hashedName));
  }

  /** Reads the key of a hashed name; null if it is not there or not the one. */
  @Nullable String read(String hashedName) throws IOException {
    Path file = pathOf(hashedName);
    BasicFileAttributes attributes = disk.attributes(file);
    if (attributes == null || !attributes.isRegularFile() || attributes.size() > Keys.MAX_BYTES) {
      return null;
    }
    byte[] bytes = disk.read(file, attributes.size());
    return bytes == null ? null : names.keyOf(hashedName, bytes);
  }

  private Path pathOf(String hashedName) {
    return directory.resolve(FileNames.keyFileOf(hashedName));
  }

  private void syncNames() throws IOException {
    // Also where the value's own name may take its time: what was forced to the disk is never one
    // that cannot be listed.
    if (durability != Durability.NONE) {
      disk.syncDirectory(directory);
    }
  }
}
