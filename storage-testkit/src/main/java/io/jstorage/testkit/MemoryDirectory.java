package io.jstorage.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes temporary directories in memory if the system has a place for that, and in the usual place
 * otherwise: for tests that make thousands of files, and that the disk does not concern. Memory is
 * {@code /dev/shm} with 256 MiB of room at least. Used as {@code @TempDir(factory =
 * MemoryDirectory.class)}.
 *
 * <p>Contracts run several times as fast: ext4, for one, looks at each inode that was deleted
 * lately when it makes a file.
 */
public final class MemoryDirectory implements TempDirFactory {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /** More than the tests of modules built together need; some containers have less. */
  private static final long ENOUGH_BYTES = 256L << 20;

  /** Used by JUnit. */
  public MemoryDirectory() {}

  /**
   * Makes a directory, which JUnit deletes.
   *
   * @param element the field or parameter that is annotated with {@link TempDir}
   * @param context the test
   * @return the directory
   * @throws IOException if it cannot be made
   */
  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
      throws IOException {
    return hasRoom()
        ? Files.createTempDirectory(SHARED_MEMORY, "jstorage")
        : Files.createTempDirectory("jstorage");
  }

  private static boolean hasRoom() throws IOException {
    return Files.isWritable(SHARED_MEMORY)
        && Files.getFileStore(SHARED_MEMORY).getUsableSpace() >= ENOUGH_BYTES;
  }
}
