package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real disk of a few pages, where this user may mount one. Everywhere else {@link FileFaultsTest}
 * shows the same on a simulated one.
 */
class FullDiskTest {
  @TempDir Path root;

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", root.toString()));
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", root.toString());
  }

  private static boolean run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return process.waitFor() == 0;
  }

  @Test
  void aFullDiskLeavesTheOldValueAndNoTemporaryFile() throws Exception {
    try (Storage<String> storage = FileStore.at(root).storage(Codecs.text())) {
      storage.put("k", "old");
      assertThatThrownBy(() -> storage.put("k", "x".repeat(100_000)))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.outcomeUnknown()).isFalse())
          .hasMessageContaining("No space left on device");
      assertThat(storage.get("k")).hasValue("old");
      try (Stream<Path> files = Files.list(root)) {
        assertThat(files.map(Path::getFileName).map(Path::toString))
            .containsExactlyInAnyOrder(LockFile.NAME, LockFile.SPARE_NAME, "k.storage.json");
      }
      storage.put("k", "new");
      assertThat(storage.get("k")).hasValue("new");
    }
  }

  @Test
  void entriesCanBeRemovedThoughTheJournalCannotGrow() {
    try (Storage<String> storage = DiskLruStore.at(root).limit(100).storage(Codecs.text())) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  storage.put("k" + i, "x".repeat(3000));
                }
              })
          .hasMessageContaining("No space left on device");
      // The last page of the journal too.
      for (int i = 0; i < 400; i++) {
        assertThat(storage.get("k" + i % 5)).isPresent();
      }
      assertThat(storage.remove("k0")).isTrue();
      assertThat(storage.get("k0")).isEmpty();
      storage.clear();
      assertThat(storage.size()).isZero();
      storage.put("k0", "new");
      assertThat(storage.get("k0")).hasValue("new");
    }
  }

  @Test
  void aDiskWithoutInodesLeavesTheOldValuesAndNoTemporaryFile() throws Exception {
    // The directory itself, the lock and its second name, and three of the entries and of the file
    // for the next.
    assumeTrue(run("mount", "-o", "remount,nr_inodes=6", root.toString()));
    for (String suffix : List.of(".storage.json", ".storage.lru")) {
      boolean limited = suffix.endsWith("lru");
      try (Storage<String> storage =
          limited
              ? DiskLruStore.at(root).storage(Codecs.text())
              : FileStore.at(root).storage(Codecs.text())) {
        int written = 0;
        StorageException full = null;
        while (full == null) {
          try {
            storage.put("k" + written, "old");
            written++;
          } catch (StorageException e) {
            full = e;
          }
        }
        assertThat(full).hasMessageContaining("No space left on device");
        assertThat(full.outcomeUnknown()).isFalse();
        assertThat(written).isEqualTo(limited ? 2 : 3);
        assertThatThrownBy(() -> storage.put("k0", "new"))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("No space left on device");
        assertThat(storage.size()).isEqualTo(written);
        for (int i = 0; i < written; i++) {
          assertThat(storage.get("k" + i)).hasValue("old");
        }
        try (Stream<Path> files = Files.list(root)) {
          assertThat(files.map(String::valueOf)).noneMatch(name -> name.endsWith(".tmp"));
        }
        assertThat(storage.remove("k0")).isTrue();
        storage.put("k1", "new");
        assertThat(storage.get("k1")).hasValue("new");
        storage.clear();
      }
    }
  }

  @Test
  void aReadOnlyFileSystemIsOpenedForReading() throws Exception {
    try (Storage<String> storage = FileStore.at(root).storage(Codecs.text())) {
      storage.put("k", "v");
    }
    assumeTrue(run("mount", "-o", "remount,ro", root.toString()));
    try (Storage<String> storage = FileStore.at(root).storage(Codecs.text())) {
      assertThat(storage.get("k")).hasValue("v");
      assertThat(storage.size()).isEqualTo(1);
      assertThatThrownBy(() -> storage.put("k", "w"))
          .isInstanceOf(StorageAccessDeniedException.class)
          .hasMessageContaining("read-only medium");
    }
    Path absent = root.resolve("absent");
    assertThatThrownBy(() -> FileStore.at(absent).open())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(absent.toString())
        .hasMessageContaining("Read-only file system");
  }
}
