package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ListingTest {
  private static final int KEYS = 1000;

  @TempDir Path root;

  @Test
  void noEntryIsMissedOrRepeatedWhileAllAreOverwritten() throws Exception {
    // On tmpfs a replaced file moves to a place that a listing may already have passed.
    Path memory = Path.of("/dev/shm");
    List<Path> parents = Files.isDirectory(memory) ? List.of(root, memory) : List.of(root);
    for (Path parent : parents) {
      Path directory = Files.createTempDirectory(parent, "jstorage-listing-test");
      try {
        overwriteAndList(directory);
      } finally {
        try (Stream<Path> files = Files.list(directory)) {
          for (Path file : (Iterable<Path>) files::iterator) {
            Files.delete(file);
          }
        }
        Files.delete(directory);
      }
    }
  }

  private static void overwriteAndList(Path directory) throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    try (Storage<String> storage = Worker.open(directory)) {
      for (int i = 0; i < KEYS; i++) {
        storage.put("k" + i, "v");
      }
      Thread writer = new Thread(() -> overwrite(storage, over));
      writer.start();
      try {
        for (int round = 0; round < 50; round++) {
          try (Stream<String> keys = storage.keys()) {
            assertThat(keys.toList()).doesNotHaveDuplicates().hasSize(KEYS);
          }
          assertThat(storage.size()).isEqualTo(KEYS);
        }
      } finally {
        over.set(true);
        writer.join();
      }
    }
  }

  private static void overwrite(Storage<String> storage, AtomicBoolean over) {
    for (int i = 0; !over.get(); i++) {
      storage.put("k" + i * 37 % KEYS, "w");
    }
  }

  @Test
  void namesAreReadUnderTheLockIfReplacedFilesMove() {
    FaultyDisk disk = new FaultyDisk();
    disk.type("tmpfs");
    try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
      storage.put("k", "v");
      disk.takeCalls();
      try (Stream<String> keys = storage.keys("k")) {
        List<String> calls = disk.takeCalls();
        assertThat(calls).containsSubsequence("tryLock", "list", "closeListing", "unlock");
        assertThat(keys).containsExactly("k");
      }
    }
  }

  @Test
  void anUnknownFileSystemIsNotTrusted() throws IOException {
    for (String type : new String[] {"proc", "fuse.bindfs", null}) {
      assertThat(FileSystemTraits.of(type).listsInPlace()).isFalse();
      assertThat(FileSystemTraits.of(type).renamesInOneStep()).isFalse();
    }
  }

  @Test
  void entriesMayBeRemovedWhileTheyAreListed() {
    for (boolean inPlace : new boolean[] {true, false}) {
      FaultyDisk disk = new FaultyDisk();
      disk.type(inPlace ? "ext4" : "tmpfs");
      try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
        for (int i = 0; i < 100; i++) {
          storage.put("k" + i, "v");
        }
        try (Stream<String> keys = storage.keys()) {
          keys.forEach(storage::remove);
        }
        assertThat(storage.size()).isZero();
      }
    }
  }
}
