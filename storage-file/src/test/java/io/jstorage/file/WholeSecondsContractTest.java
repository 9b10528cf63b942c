package io.jstorage.file;

import io.jstorage.testkit.MemoryDirectory;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.io.TempDir;

/** On a file system that keeps whole seconds, as ext3 with small inodes and sshfs do. */
class WholeSecondsContractTest extends FileStoreContractTest {
  @TempDir(factory = MemoryDirectory.class)
  Path memory;

  private static final Disk DISK =
      new Disk() {
        @Override
        void setModified(Path file, FileTime modified) throws IOException {
          Instant kept = modified.toInstant().truncatedTo(ChronoUnit.SECONDS);
          super.setModified(file, FileTime.from(kept));
        }
      };

  @Override
  FileStore.Builder builder(SettableClock clock) {
    return super.builder(clock).disk(DISK);
  }

  @Override
  public Duration writeTimeGranularity() {
    return Duration.ofSeconds(1);
  }

  @Override
  Path root() {
    return memory;
  }
}
