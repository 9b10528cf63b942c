package io.jstorage.file;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;

/**
 * A recorded change of a disk, or a mark between such changes that says what the user of the store
 * knew at that moment. Files have numbers, as their names change.
 */
sealed interface DiskCall {
  record MakeDirectory(Path path) implements DiskCall {}

  record Create(Path path, int file) implements DiskCall {}

  /** Adds bytes at the end of a file. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Write(int file, byte[] bytes) implements DiskCall {
    @Override
    public String toString() {
      return "Write[file=%d, %d bytes]".formatted(file, bytes.length);
    }
  }

  record Modify(int file, FileTime modified) implements DiskCall {}

  record Sync(int file) implements DiskCall {}

  record Rename(Path from, Path to, int file) implements DiskCall {}

  record Delete(Path path) implements DiskCall {}

  record SyncNames(Path directory) implements DiskCall {}

  /** An operation begins, after which keys will have other values, or none. */
  record Started(int operation, Map<String, Optional<String>> changes) implements DiskCall {}

  /** An operation has returned to its caller. */
  record Returned(int operation) implements DiskCall {}

  /** Everything so far has found its way to the disk by itself. */
  record Settled() implements DiskCall {}
}
