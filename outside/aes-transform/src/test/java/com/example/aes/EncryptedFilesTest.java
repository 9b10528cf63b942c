package com.example.aes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.CodecException;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Found by its name, between the codec of one jar and the files of another. */
class EncryptedFilesTest {
  private static final String OLD = "old:" + Base64.getEncoder().encodeToString(new byte[32]);
  private static final String NEW =
      "new:"
          + Base64.getEncoder()
              .encodeToString("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

  @TempDir Path directory;

  private Storage<Object> open(String keys) {
    return StorageProvider.load()
        .create(
            "storage.json",
            StorageOptions.of("path", directory, "transforms", "gzip,example.aes")
                .with("example.aes.keys", keys)
                .with("durability", "none"));
  }

  private Path file(String key) {
    return directory.resolve(key + ".storage.json");
  }

  @Test
  void valuesStandEncryptedInTheFiles() throws IOException {
    try (Storage<Object> storage = open(OLD)) {
      storage.put("k", Map.of("secret", "tell-nobody"));
      assertThat(storage.require("k")).isEqualTo(Map.of("secret", "tell-nobody"));
    }
    assertThat(Files.readAllBytes(file("k"))).startsWith(1, 3, 'o', 'l', 'd');
  }

  @Test
  void aFileThatTakesTheNameOfAnotherIsAnErrorForItsKeyAndPutRightByAWrite() throws IOException {
    try (Storage<Object> storage = open(OLD)) {
      storage.put("alice", "rich");
      storage.put("bob", "poor");
      Files.copy(file("alice"), directory.resolve("moved"));
      Files.move(directory.resolve("moved"), file("bob"), StandardCopyOption.REPLACE_EXISTING);
      assertThatThrownBy(() -> storage.get("bob"))
          .isInstanceOf(CodecException.class)
          .hasMessageContainingAll("'bob'", "moved from another key");
      assertThat(storage.require("alice")).isEqualTo("rich");
      storage.put("bob", "mended");
      assertThat(storage.require("bob")).isEqualTo("mended");
    }
  }

  @Test
  void aRotationIsAPutOfEveryValue() {
    try (Storage<Object> storage = open(OLD)) {
      storage.putAll(Map.of("a", "1", "b", "2"));
    }
    try (Storage<Object> storage = open(NEW + "," + OLD)) {
      storage.asMap().replaceAll((key, value) -> value);
    }
    try (Storage<Object> storage = open(NEW)) {
      assertThat(storage.asMap()).isEqualTo(Map.of("a", "1", "b", "2"));
    }
    try (Storage<Object> storage = open(OLD)) {
      assertThatThrownBy(() -> storage.get("a")).isInstanceOf(CodecException.class);
    }
  }

  @Test
  void withoutItsKeysItIsNotMade() {
    assertThatThrownBy(
            () ->
                StorageProvider.load()
                    .create(
                        "storage.json",
                        StorageOptions.of("path", directory, "transforms", "example.aes")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("example.aes.keys");
    assertThatThrownBy(() -> open("k:SECRET"))
        .isInstanceOf(InvalidOptionException.class)
        .message()
        .contains("example.aes.keys")
        .doesNotContain("SECRET");
  }
}
