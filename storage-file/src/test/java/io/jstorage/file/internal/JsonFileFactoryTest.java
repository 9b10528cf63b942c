package io.jstorage.file.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.Codec;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileFactoryTest {
  private static final Codec<String> TEXT =
      Codec.of(value -> value.getBytes(UTF_8), bytes -> new String(bytes, UTF_8));

  @TempDir Path root;
  private final StorageProvider provider = StorageProvider.load();

  private Storage<String> open(StorageOptions options) {
    return provider.create("storage.json", TEXT, options.with("path", root));
  }

  @Test
  void theProviderFindsStorageJson() throws IOException {
    assertThat(provider.names()).contains("storage.json");
    try (Storage<String> storage = open(StorageOptions.none())) {
      storage.put("some_key", "v");
      assertThat(root.resolve("some_key.storage.json")).hasContent("v");
      assertThat(storage.capabilities()).contains(Capability.ATOMIC, Capability.WRITE_TIME);
    }
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
      assertThat(root.resolve("k.note")).hasContent("v");
      assertThat(storage.entry("k").flatMap(Entry::expiresAt)).hasValue(now.plusSeconds(300));
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
      assertThatThrownBy(() -> provider.create("storage.json", TEXT, wrong.with("path", absent)))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining(wrong.names().iterator().next());
    }
    assertThat(absent).doesNotExist();
  }

  @Test
  void aPathThatIsAFileIsRefused() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    assertThatThrownBy(() -> provider.create("storage.json", TEXT, StorageOptions.of("path", file)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("not a directory");
  }
}
