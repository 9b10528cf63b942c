package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jstorage.Storage;
import io.jstorage.StorageUnavailableException;
import io.jstorage.codec.Codecs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class LockFileTest {
  @TempDir Path root;

  private Path lock() {
    return root.resolve(LockFile.NAME);
  }

  private Path spare() {
    return root.resolve(LockFile.SPARE_NAME);
  }

  private Storage<String> open() {
    return FileStore.at(root).storage(Codecs.text());
  }

  @Test
  void aLockFileThatAloneIsLostIsPutBack() throws IOException {
    try (Storage<String> storage = open();
        Storage<String> limited = DiskLruStore.at(root).storage(Codecs.text())) {
      storage.put("k", "v");
      Object identity = Files.readAttributes(lock(), "unix:ino").get("ino");
      Files.delete(lock());
      assertThat(storage.get("absent")).isEmpty();
      Files.deleteIfExists(lock());
      storage.put("k", "w");
      limited.put("k", "x");
      assertThat(storage.get("k")).hasValue("w");
      assertThat(Files.readAttributes(lock(), "unix:ino").get("ino")).isEqualTo(identity);
      Files.delete(lock());
      try (Storage<String> later = open()) {
        assertThat(later.putIfAbsent("k", "y")).isFalse();
        assertThat(later.get("k")).hasValue("w");
      }
    }
  }

  @Test
  void storesOpenedAfterTheLossWaitForTheHolderOfTheLostLock() throws Exception {
    try (ChildJvm child = ChildJvm.start(FileProcessesTest.LockHolder.class, root)) {
      assertThat(child.hear()).isEqualTo("locked");
      Files.delete(lock());
      try (Storage<String> storage =
          FileStore.at(root).timeout(Duration.ofMillis(100)).storage(Codecs.text())) {
        assertThatThrownBy(() -> storage.put("k", "v"))
            .isInstanceOf(StorageUnavailableException.class)
            .hasMessageContaining("held by another process");
        child.kill();
        storage.put("k", "v");
      }
    }
  }

  @Test
  void withoutASecondNameTheLossIsReportedUntilTheStorageIsOpenedAgain() throws IOException {
    Disk disk =
        new Disk() {
          @Override
          void link(Path name, Path existing) throws IOException {
            throw new FileSystemException(name.toString(), null, "Operation not permitted");
          }
        };
    try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
      storage.put("k", "v");
      assertThat(spare()).doesNotExist();
      Files.delete(lock());
      assertThatThrownBy(() -> storage.put("k", "w"))
          .isInstanceOf(StorageUnavailableException.class)
          .hasMessageContaining("lost its lock file");
      assertThat(storage.get("k")).hasValue("v");
    }
    try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
      storage.put("k", "w");
    }
  }

  @Test
  void aSecondNameThatIsLostOrOfAnotherFileIsMadeAgainAtOpening() throws IOException {
    open().close();
    for (int i = 0; i < 2; i++) {
      Files.delete(spare());
      if (i == 1) {
        Files.createFile(spare());
      }
      open().close();
      assertThat(Files.isSameFile(lock(), spare())).isTrue();
    }
  }

  @Test
  void aLinkPlantedUnderTheSecondNameIsNeitherFollowedNorDeleted() throws IOException {
    Path target = Files.writeString(root.resolve("target"), "mine");
    Files.createSymbolicLink(spare(), target);
    try (Storage<String> storage = open()) {
      storage.put("k", "v");
    }
    assertThat(Files.isSymbolicLink(spare())).isTrue();
    assertThat(lock()).isRegularFile();
    assertThat(target).hasContent("mine");
  }

  /** As an overlay: a file of a lower layer is another one once it was opened to write. */
  private static final class CopyingUpDisk extends Disk {
    private boolean copiesUp = true;

    private void copyUp(Path file) throws IOException {
      Path copy = file.resolveSibling("copy");
      Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    FileChannel openLock(Path file) throws IOException {
      if (copiesUp) {
        copyUp(file);
        copiesUp = false;
      }
      return super.openLock(file);
    }

    @Override
    OutputStream openToAppend(Path file) throws IOException {
      copyUp(file);
      return super.openToAppend(file);
    }
  }

  @Test
  void aLockFileThatBecomesAnotherOneWhenItIsOpenedIsTheOneThatCounts() throws Exception {
    open().close();
    try (Storage<String> storage =
            FileStore.at(root).disk(new CopyingUpDisk()).storage(Codecs.text());
        Storage<String> other = open()) {
      storage.put("k", "v");
      assertThat(other.putIfAbsent("k", "w")).isFalse();
      assertThat(Files.isSameFile(lock(), spare())).isTrue();
      List<Path> open = OpenFiles.below(root);
      try (ChildJvm child = ChildJvm.start(FileProcessesTest.LockHolder.class, root)) {
        assertThat(child.hear()).isEqualTo("locked");
        try (Storage<String> impatient =
            FileStore.at(root).timeout(Duration.ofMillis(100)).storage(Codecs.text())) {
          assertThatThrownBy(() -> impatient.put("k", "w"))
              .isInstanceOf(StorageUnavailableException.class);
        }
      }
      assertThat(OpenFiles.below(root)).hasSameSizeAs(open);
    }
    assertThat(OpenFiles.below(root)).isEmpty();
  }

  @Test
  void aJournalThatBecomesAnotherOneWhenItIsOpenedIsTheOneThatCounts() {
    try (Storage<String> storage = DiskLruStore.at(root).limit(2).storage(Codecs.text())) {
      storage.put("a", "v");
      storage.put("b", "v");
    }
    try (Storage<String> storage =
        DiskLruStore.at(root).limit(2).disk(new CopyingUpDisk()).storage(Codecs.text())) {
      assertThat(storage.get("a")).isPresent();
      storage.put("c", "v");
      assertThat(storage.contains("b")).isFalse();
      assertThat(storage.contains("a")).isTrue();
    }
  }

  @Test
  void aLockFileThatIsAnotherOneAtEveryLookIsRefused() throws IOException {
    Disk disk =
        new Disk() {
          @Override
          FileChannel openLock(Path file) throws IOException {
            FileChannel opened = super.openLock(file);
            new CopyingUpDisk().copyUp(file);
            return opened;
          }
        };
    assumeTrue(OpenFiles.below(root).isEmpty());
    assertThatThrownBy(() -> FileStore.at(root).disk(disk).open())
        .hasMessageContaining("replaced between any two looks");
    assertThat(OpenFiles.below(root)).isEmpty();
  }
}
