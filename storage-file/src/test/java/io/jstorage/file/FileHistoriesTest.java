package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.testkit.History;
import io.jstorage.testkit.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand calls of eight threads, of whose system calls some fail. */
class FileHistoriesTest {
  private static final int CALLS = 10_000;
  private static final int KEYS = 100;

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private final FaultyDisk disk = new FaultyDisk();

  /** One call in two hundred fails, which is an operation in thirty. */
  private void failAtRandom() {
    ThreadLocal<SplittableRandom> random =
        ThreadLocal.withInitial(() -> new SplittableRandom(Thread.currentThread().getId()));
    disk.hook(
        (call, path) -> {
          // A lock that cannot be released stops the store on purpose.
          if (!call.equals("unlock") && random.get().nextInt(200) == 0) {
            throw new IOException("Input/output error");
          }
        });
  }

  private static void check(Storage<String> storage) {
    History history = History.record(storage, CALLS, KEYS, 1);
    history.assertLinearizable();
    assertThat(history.answered()).isGreaterThan(CALLS / 2);
    assertThat(history.failed()).as("calls that failed and did nothing").isGreaterThan(50);
    assertThat(history.unknown()).as("calls of which nobody knows").isGreaterThan(5);
  }

  @Test
  void filesAreLinearizable() {
    try (Storage<String> storage = FileStore.at(directory).disk(disk).storage(Codecs.text())) {
      failAtRandom();
      check(storage);
    }
  }

  @Test
  void filesThatExpireAreLinearizable() {
    try (Storage<String> storage =
        FileStore.at(directory).disk(disk).expiration(Duration.ofHours(1)).storage(Codecs.text())) {
      failAtRandom();
      check(storage);
    }
  }

  @Test
  void theDiskLruIsLinearizable() {
    try (Storage<String> storage =
        DiskLruStore.at(directory)
            .disk(disk)
            .durability(Durability.FULL)
            .limit(KEYS)
            .storage(Codecs.text())) {
      failAtRandom();
      check(storage);
    }
  }
}
