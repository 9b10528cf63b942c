package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Codec;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Storages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store says which files it passes over. */
class ForeignFilesTest {
  @TempDir Path directory;

  private static List<ForeignFile> in(ForeignFiles store) throws IOException {
    try (Stream<ForeignFile> files = store.foreignFiles()) {
      return files.toList();
    }
  }

  @Test
  void entriesAndTheStoresOwnFilesAreNotAmongThem() throws IOException {
    Codec<String> codec = Codecs.text();
    try (Storage<String> storage = Storages.of(FileStore.at(directory).open(), codec)) {
      storage.put("plain", "1");
      storage.put("User/Id", "2");
      storage.put("k".repeat(300), "3");
      assertThat(in(storage.unwrap(ForeignFiles.class).orElseThrow())).isEmpty();
    }
  }

  @Test
  void eachOtherFileIsNamedWithAReason() throws IOException {
    for (String name :
        List.of(
            "User.storage.json",
            ".storage.json",
            "notes.txt",
            "%~" + "0".repeat(64) + ".storage.json",
            "%~" + "1".repeat(64) + ".storage.json.key")) {
      Files.writeString(directory.resolve(name), "1");
    }
    Files.createDirectory(directory.resolve("sub"));
    String young = TemporaryNames.next(System.currentTimeMillis());
    Files.writeString(directory.resolve(young), "1");
    try (FileStore store = FileStore.at(directory).open()) {
      // Opening deletes the key of a value that does not exist.
      assertThat(in(store))
          .containsExactlyInAnyOrder(
              new ForeignFile(
                  "User.storage.json",
                  "is no name of a key here: the key 'User' has the file User~x8.storage.json"),
              new ForeignFile(".storage.json", "is no name of a key here"),
              new ForeignFile("notes.txt", "does not end in .storage.json"),
              new ForeignFile("sub", "does not end in .storage.json"),
              new ForeignFile(
                  "%~" + "0".repeat(64) + ".storage.json",
                  "has a key that is not known: there is no right file %~"
                      + "0".repeat(64)
                      + ".storage.json.key"),
              new ForeignFile(
                  young, "is being written, or was left behind by a process that died"));
    }
  }

  @Test
  void aDiskLruSaysTheSame() throws IOException {
    Files.writeString(directory.resolve("A.storage.lru"), "1");
    StorageOptions options = StorageOptions.of(FileOptions.PATH, directory);
    try (DiskLruStore store = DiskLruStore.open(options)) {
      assertThat(in(store)).extracting(ForeignFile::name).containsExactly("A.storage.lru");
    }
  }
}
