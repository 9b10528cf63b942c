package com.example.h2backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.provider.StorageProvider;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests beyond the kit: of the name, the file, and its content. */
class H2BackendTest {
  @TempDir Path directory;

  private Storage<String> open(String file) {
    StorageOptions options =
        StorageOptions.of("path", directory.resolve(file), "codec", "text", "transforms", "gzip");
    return StorageProvider.load().create("example.h2", String.class, options);
  }

  @Test
  void itIsFoundByNameNextToOtherBackends() {
    assertThat(StorageProvider.load().names()).contains("example.h2", "storage.lru");
    try (Storage<String> storage = open("found.mv")) {
      storage.put("k", "v");
      assertThat(storage.require("k")).isEqualTo("v");
    }
  }

  @Test
  void itAnswersToUrls() {
    String url = "example.h2:%s?codec=text".formatted(directory.resolve("url.mv"));
    try (Storage<String> storage = StorageProvider.load().open(url, String.class)) {
      assertThat(storage.putIfAbsent("k", "v")).isTrue();
    }
    assertThat(directory.resolve("url.mv")).exists();
  }

  @Test
  void entriesSurviveClosing() {
    try (Storage<String> storage = open("entries.mv")) {
      storage.put("k", "v");
    }
    try (Storage<String> storage = open("entries.mv")) {
      assertThat(storage.get("k")).contains("v");
    }
  }

  /** A copy of the file is what a process that was killed leaves behind. */
  @Test
  void aWriteIsInTheFileWhenItReturns() throws IOException {
    try (Storage<String> storage = open("killed.mv")) {
      storage.put("k", "v");
      Files.copy(directory.resolve("killed.mv"), directory.resolve("left.mv"));
    }
    try (Storage<String> storage = open("left.mv")) {
      assertThat(storage.get("k")).contains("v");
    }
  }

  @Test
  void aFileThatIsOpenIsUnavailable() {
    try (Storage<String> storage = open("open.mv")) {
      storage.put("k", "v");
      assertThatThrownBy(() -> open("open.mv")).isInstanceOf(StorageUnavailableException.class);
      assertThat(storage.get("k")).contains("v");
    }
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws IOException {
    Files.writeString(directory.resolve("text.mv"), "something else\n".repeat(1_000));
    assertThatThrownBy(() -> open("text.mv"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("text.mv");
  }

  @Test
  void aFileOfOtherEntriesIsRefusedAndClosed() {
    String file = directory.resolve("other.mv").toString();
    try (MVStore store = MVStore.open(file)) {
      store.openMap("entries").put("k", 1);
    }
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> open("other.mv"))
          .isInstanceOf(StorageException.class)
          .isNotInstanceOf(StorageUnavailableException.class);
    }
  }

  /** H2's own exception is not one that users of a storage know. */
  @Test
  void aFileThatBreaksIsAFailureAndNeverAMiss() throws IOException {
    try (Storage<String> storage = open("cut.mv")) {
      IntStream.range(0, 1_000).forEach(i -> storage.put("k" + i, "v"));
    }
    try (Storage<String> storage = open("cut.mv")) {
      try (FileChannel channel =
          FileChannel.open(directory.resolve("cut.mv"), StandardOpenOption.WRITE)) {
        channel.truncate(100);
      }
      assertThatThrownBy(() -> storage.get("k1"))
          .isInstanceOf(StorageException.class)
          .hasMessageContainingAll("'k1'", "cut.mv");
    }
  }

  @Test
  void aDirectoryThatIsNotThereIsAFailure() {
    assertThatThrownBy(() -> open("absent/entries.mv"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("absent");
  }
}
