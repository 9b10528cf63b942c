package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreDirectoryTest {
  @TempDir Path root;
  private final FaultyDisk disk = new FaultyDisk();

  @Test
  void theNameOfADirectoryThatWasThereIsForced() throws IOException {
    StoreDirectory.prepare(disk, root, Durability.FULL);
    assertThat(disk.takeCalls()).containsExactly("syncDirectory");
  }

  /** If the root is read-only, its file system may not even know how to be forced. */
  @Test
  void theFileSystemAroundAMountPointIsLeftAlone() throws IOException {
    Path mountPoint = Path.of("/proc");
    assumeThat(mountPoint).isDirectory();
    assumeThat(Files.getFileStore(mountPoint).type()).isEqualTo("proc");
    StoreDirectory.prepare(disk, mountPoint, Durability.FULL);
    assertThat(disk.takeCalls()).isEmpty();
  }
}
