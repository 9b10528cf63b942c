package com.example.largest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.file.FileStore;
import io.jstorage.spi.Storages;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargestEntryTest {
  @TempDir Path directory;

  @Test
  void aValueThatIsTooLargeIsRefusedByEveryWayOfWritingAndTheOldOneStays() {
    LargestEntry store =
        new LargestEntry(FileStore.at(directory).suffix(".entry").open(), 10);
    try (Storage<String> storage = Storages.of(store, Codecs.text())) {
      storage.put("k", "ten bytes.");
      assertThatThrownBy(() -> storage.put("k", "eleven byte"))
          .isInstanceOf(StorageException.class)
          .hasMessageContainingAll("'k'", "11 bytes", "10");
      assertThatThrownBy(() -> storage.putAll(Map.of("k", "eleven byte", "other", "short")))
          .isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> storage.asMap().merge("k", "!", String::concat))
          .isInstanceOf(StorageException.class);
      assertThat(storage.streams()).isEmpty();
      assertThat(storage.getAll(java.util.List.of("k", "other"))).isEqualTo(Map.of("k", "ten bytes."));
      assertThat(storage.unwrap(FileStore.class)).isPresent();
    }
  }
}
