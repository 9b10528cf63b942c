package io.jstorage.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.CodecException;
import io.jstorage.Entry;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileFactoryTest {
  @TempDir Path root;
  private final StorageProvider provider = StorageProvider.load();

  private Storage<String> open(StorageOptions options) {
    return provider.create("storage.json", String.class, options.with("path", root));
  }

  @Test
  void theProviderFindsStorageJson() throws IOException {
    assertThat(provider.names()).contains("storage.json");
    try (Storage<String> storage = open(StorageOptions.none())) {
      storage.put("some_key", "v");
      assertThat(root.resolve("some_key.storage.json")).hasContent("\"v\"");
      assertThat(storage.capabilities()).contains(Capability.ATOMIC, Capability.WRITE_TIME);
    }
  }

  @Test
  void aFileHoldsThePlainJson() {
    try (Storage<Object> storage =
        provider.create("storage.json", StorageOptions.of("path", root))) {
      storage.put("some_key", Map.of("text", "Hello World!"));
      assertThat(root.resolve("some_key.storage.json"))
          .content()
          .isEqualToIgnoringWhitespace("{\"text\":\"Hello World!\"}");
      assertThat(storage.get("some_key")).hasValue(Map.of("text", "Hello World!"));
    }
  }

  @Test
  void aFileThatIsNoJsonIsAnErrorForItsKeyAndPutRightByAWrite() throws IOException {
    try (Storage<Object> storage =
        provider.create("storage.json", StorageOptions.of("path", root))) {
      storage.put("good", 1);
      for (String garbage : List.of("", "garbage", "{\"cut\": \"sho", "null", "\u0000")) {
        Files.writeString(root.resolve("bad.storage.json"), garbage);
        assertThatThrownBy(() -> storage.get("bad"))
            .isInstanceOf(CodecException.class)
            .hasMessageContaining("'bad'");
        assertThat(storage.contains("bad")).isTrue();
        assertThat(storage.get("good")).hasValue(1L);
        storage.put("bad", "repaired");
        assertThat(storage.get("bad")).hasValue("repaired");
        Files.writeString(root.resolve("bad.storage.json"), garbage);
        assertThat(storage.remove("bad")).isTrue();
      }
    }
  }

  @Test
  void aUrlSaysTheSame() throws IOException {
    try (Storage<String> storage =
        provider.open("json:" + root + "?suffix=.note&codec=text", String.class)) {
      storage.put("k", "v");
    }
    assertThat(root.resolve("k.note")).hasContent("v");
  }

  @Test
  void everyOptionReachesTheStore() throws IOException {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    InstantSource clock = InstantSource.fixed(now);
    StorageOptions options =
        StorageOptions.of("suffix", ".note", "expiration", "5m", "durability", "none")
            .with("clock", clock);
    try (Storage<String> storage = open(options)) {
      storage.put("k", "v");
      assertThat(root.resolve("k.note")).hasContent("\"v\"");
      assertThat(storage.entry("k").flatMap(Entry::expiresAt)).hasValue(now.plusSeconds(300));
    }
  }

  @Test
  void withoutAPathThereIsAPrivateDirectoryForTheUser() {
    String temporary = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", root.toString());
    try (Storage<Object> storage = provider.create("storage.json")) {
      storage.put("k", "v");
    } finally {
      System.setProperty("java.io.tmpdir", temporary);
    }
    Path directory = root.resolve("jstorage-" + System.getProperty("user.name"));
    assertThat(directory.resolve("k.storage.json")).hasContent("\"v\"");
  }

  @Test
  void aDefaultPathThatIsNotOursIsRefusedAndAnotherAdvised() throws IOException {
    Files.createSymbolicLink(
        root.resolve("jstorage-" + System.getProperty("user.name")),
        Files.createTempDirectory(root, "x"));
    String temporary = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", root.toString());
    try {
      assertThatThrownBy(() -> provider.create("storage.json"))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("link")
          .hasMessageContaining("'path'");
    } finally {
      System.setProperty("java.io.tmpdir", temporary);
    }
  }

  @Test
  void anOptionThatDoesNotFitIsRefusedBeforeAnythingIsMade() {
    Path absent = root.resolve("absent");
    for (StorageOptions wrong :
        new StorageOptions[] {
          StorageOptions.of("suffix", ""),
          StorageOptions.of("suffix", "/../x"),
          StorageOptions.of("suffix", ".key"),
          StorageOptions.of("durability", "some"),
          StorageOptions.of("expiration", "0"),
          StorageOptions.of("expiration", "-1s"),
          StorageOptions.of("clock", "noon"),
          StorageOptions.of("limit", "10"),
        }) {
      assertThatThrownBy(() -> provider.create("storage.json", wrong.with("path", absent)))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining(wrong.names().iterator().next());
    }
    assertThat(absent).doesNotExist();
  }

  @Test
  void aPathThatIsAFileIsRefused() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    assertThatThrownBy(() -> provider.create("storage.json", StorageOptions.of("path", file)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("not a directory");
  }
}
