package io.jstorage.benchmarks.file;

import io.jstorage.benchmarks.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Directories of many files that are made once in a run, for all measurements that only read or
 * overwrite them. The files of {@code FileStore} and of the raw peer are the same ones.
 */
final class SharedFiles {
  private SharedFiles() {}

  /** Returns a directory with files for the keys {@code key0}, {@code key1} and so on. */
  static Path of(int entries, byte[] value) throws IOException {
    Path directory = Scratch.root().resolve("shared-%d-%d".formatted(entries, value.length));
    Path complete = directory.resolveSibling(directory.getFileName() + ".complete");
    if (!Files.exists(complete)) {
      Files.createDirectory(directory);
      for (int i = 0; i < entries; i++) {
        Files.write(directory.resolve("key" + i + RawFiles.SUFFIX), value);
      }
      Files.createFile(complete);
    }
    return directory;
  }
}
