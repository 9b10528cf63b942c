package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryDirectoryTest {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  @Test
  void aDirectoryIsInMemoryExactlyIfThereIsRoomForIt() throws IOException {
    boolean room =
        Files.isWritable(SHARED_MEMORY)
            && Files.getFileStore(SHARED_MEMORY).getUsableSpace() >= 256L << 20;
    assertThat(directory.startsWith(SHARED_MEMORY)).isEqualTo(room);
    assertThat(Files.writeString(directory.resolve("file"), "text")).hasContent("text");
  }
}
