package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.codec.Codecs;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadOnlyMediumTest {
  private static final String LONG_KEY = "K".repeat(300);
  private static final Set<String> CHANGES =
      Set.of(
          "createDirectory",
          "create",
          "write",
          "setModified",
          "rename",
          "delete",
          "link",
          "openToAppend",
          "append",
          "openLock");

  @TempDir Path root;
  private final SettableClock clock = new SettableClock();

  /** Refuses every change, and cannot be forced, as some such file systems cannot. */
  private static FaultyDisk readOnly() {
    FaultyDisk disk = new FaultyDisk();
    disk.readOnly();
    disk.hook(ReadOnlyMediumTest::refuse);
    return disk;
  }

  private static void refuse(String call, Path path) throws IOException {
    if (call.equals("syncDirectory")) {
      throw new IOException("Invalid argument");
    }
    if (CHANGES.contains(call)) {
      throw new FileSystemException(path.toString(), null, "Read-only file system");
    }
  }

  @Test
  void aStoreIsReadAndEveryChangeIsRefused() throws IOException {
    try (Storage<String> storage = FileStore.at(root).storage(Codecs.text())) {
      storage.put("k", "v");
      storage.put(LONG_KEY, "w");
    }
    for (boolean listsInPlace : new boolean[] {true, false}) {
      FaultyDisk disk = readOnly();
      disk.type(listsInPlace ? "ext4" : "squashfs");
      try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
        assertThat(storage.get("k")).hasValue("v");
        assertThat(storage.get("absent")).isEmpty();
        assertThat(storage.contains(LONG_KEY)).isTrue();
        assertThat(storage.entry("k")).isPresent();
        assertThat(storage.size()).isEqualTo(2);
        try (Stream<String> keys = storage.keys()) {
          assertThat(keys).containsExactlyInAnyOrder("k", LONG_KEY);
        }
        try (InputStream in = storage.streams().orElseThrow().read("k").orElseThrow()) {
          assertThat(in.readAllBytes()).asString().isEqualTo("v");
        }
        for (Runnable change :
            new Runnable[] {
              () -> storage.put("k", "w"),
              () -> storage.putIfAbsent("new", "w"),
              () -> storage.remove("k"),
              storage::clear
            }) {
          assertThatThrownBy(change::run)
              .isInstanceOfSatisfying(
                  StorageAccessDeniedException.class, e -> assertThat(e.outcomeUnknown()).isFalse())
              .hasMessageContaining("read-only medium");
        }
        assertThat(storage.get("k")).hasValue("v");
      }
    }
  }

  @Test
  void anExpiredEntryIsAMissThere() {
    try (Storage<String> storage =
        FileStore.at(root).expiration(Duration.ofHours(1)).clock(clock).storage(Codecs.text())) {
      storage.put("k", "v");
    }
    try (Storage<String> storage =
        FileStore.at(root)
            .expiration(Duration.ofHours(1))
            .clock(clock)
            .disk(readOnly())
            .storage(Codecs.text())) {
      assertThat(storage.get("k")).hasValue("v");
      clock.advance(Duration.ofHours(1));
      assertThat(storage.get("k")).isEmpty();
      assertThat(storage.contains("k")).isFalse();
      assertThatThrownBy(storage::purgeExpired).isInstanceOf(StorageAccessDeniedException.class);
    }
  }

  @Test
  void aDiskLruIsReadToo() {
    try (Storage<String> storage = DiskLruStore.at(root).storage(Codecs.text())) {
      storage.put("k", "v");
    }
    try (Storage<String> storage = DiskLruStore.at(root).disk(readOnly()).storage(Codecs.text())) {
      assertThat(storage.get("k")).hasValue("v");
      assertThat(storage.entry("k")).isPresent();
      assertThat(storage.size()).isEqualTo(1);
      assertThatThrownBy(() -> storage.put("k", "w"))
          .isInstanceOf(StorageAccessDeniedException.class);
    }
  }

  @Test
  void aMediumThatIsTakenAwayIsAFailureAndNotAMiss() throws IOException {
    Path directory = root.resolve("d");
    try (Storage<String> storage = FileStore.at(directory).storage(Codecs.text())) {
      storage.put("k", "v");
    }
    try (Storage<String> storage =
        FileStore.at(directory).disk(readOnly()).storage(Codecs.text())) {
      Files.move(directory, root.resolve("elsewhere"));
      assertThatThrownBy(() -> storage.get("k")).isInstanceOf(StorageUnavailableException.class);
      assertThatThrownBy(storage::size).isInstanceOf(StorageUnavailableException.class);
    }
  }

  @Test
  void aDirectoryThatDoesNotExistThereIsAnError() {
    assertThatThrownBy(() -> FileStore.at(root.resolve("absent")).disk(readOnly()).open())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("Read-only file system");
  }

  @Test
  void aDiskLruClosesOnADiskThatBecameReadOnly() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    Storage<String> storage = DiskLruStore.at(root).disk(disk).storage(Codecs.text());
    storage.put("k", "v");
    disk.hook(ReadOnlyMediumTest::refuse);
    assertThat(storage.get("k")).hasValue("v");
    assertThat(storage.get("k")).hasValue("v");
    assertThatThrownBy(() -> storage.put("k", "w")).isInstanceOf(StorageException.class);
    storage.close();
    assertThat(OpenFiles.below(root)).isEmpty();
  }
}
