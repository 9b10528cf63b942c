package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.spi.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file is read whole, whatever its length was expected to be. */
class DiskTest {
  private static final long[] LIKELY = {0, 1, 99, 100, 101, 8191, 8192, 8193, 1 << 20, 1L << 40};

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100, 8191, 8192, 8193, 100_000, (1 << 20) + 1})
  void aFileIsReadWholeWhateverLengthWasExpected(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Path file = Files.write(directory.resolve("file"), bytes);
    assertThat(Disk.SYSTEM.read(file, length)).isEqualTo(bytes);
    for (long likely : LIKELY) {
      assertThat(Disk.SYSTEM.read(file, likely)).as("%d expected", likely).isEqualTo(bytes);
    }
  }

  @Test
  void aFileThatDoesNotExistIsNone() throws IOException {
    for (long likely : LIKELY) {
      assertThat(Disk.SYSTEM.read(directory.resolve("none"), likely)).isNull();
    }
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[100]);
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    for (long likely : LIKELY) {
      assertThatThrownBy(() -> Disk.SYSTEM.read(link, likely)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anInterruptEndsNoReadAndIsKept() throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[100]);
    for (long likely : LIKELY) {
      Thread.currentThread().interrupt();
      assertThat(Disk.SYSTEM.read(file, likely)).hasSize(100);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aFileThatIsReplacedBeforeItIsReadIsReadWhole() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    try (FileStore store = FileStore.at(directory).suffix(".bin").disk(disk).open()) {
      for (int length : List.of(0, 1, 99, 101, 50_000)) {
        Path file = Files.write(directory.resolve("k.bin"), new byte[100]);
        Path next = Files.write(directory.resolve("next"), new byte[length]);
        disk.hook(
            (call, path) -> {
              if (call.equals("read") && Files.exists(next)) {
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
              }
            });
        assertThat(store.read("k", Access.TOUCH)).hasSize(length);
        disk.hook((call, path) -> {});
      }
    }
  }
}
