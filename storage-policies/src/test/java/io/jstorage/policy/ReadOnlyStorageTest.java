package io.jstorage.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.file.FileStore;
import io.jstorage.memory.LruStorage;
import io.jstorage.memory.VolatileStorage;
import io.jstorage.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadOnlyStorageTest {
  private final SettableClock clock = new SettableClock();

  @TempDir Path directory;

  @Test
  void everyChangeIsRefusedAndNothingChanges() {
    try (Storage<String> lru = LruStorage.ofLimit(10);
        Storage<String> storage = ReadOnlyStorage.over(lru)) {
      lru.put("k", "v");
      Version version = lru.entry("k").orElseThrow().version().orElseThrow();
      Map<String, ThrowingCallable> changes = new LinkedHashMap<>();
      changes.put("put", () -> storage.put("k", "w"));
      changes.put("put with ttl", () -> storage.put("k", "w", Duration.ofHours(1)));
      changes.put("putIfAbsent", () -> storage.putIfAbsent("l", "w"));
      changes.put("replace", () -> storage.replace("k", version, "w"));
      changes.put("remove", () -> storage.remove("k"));
      changes.put("remove by version", () -> storage.remove("k", version));
      changes.put("clear", storage::clear);
      changes.put("purgeExpired", storage::purgeExpired);
      changes.put("putAll", () -> storage.putAll(Map.of("k", "w")));
      changes.put("removeAll", () -> storage.removeAll(List.of("k")));
      changes.put("map put", () -> storage.asMap().put("k", "w"));
      changes.put("map remove", () -> storage.asMap().remove("k"));
      changes.put("map merge", () -> storage.asMap().merge("k", "w", String::concat));
      changes.put("map clear", () -> storage.asMap().clear());
      changes.put("iterator", () -> storage.asMap().keySet().removeIf(key -> true));
      changes.put("setValue", () -> storage.asMap().entrySet().iterator().next().setValue("w"));
      changes.forEach(
          (name, change) ->
              assertThatThrownBy(change)
                  .as(name)
                  .isInstanceOf(UnsupportedOperationException.class));
      assertThat(lru.asMap()).isEqualTo(Map.of("k", "v"));
      assertThatThrownBy(() -> storage.put("k", "w")).hasMessageContaining("read only");
    }
  }

  @Test
  void everythingIsRead() {
    try (Storage<String> files = FileStore.at(directory).clock(clock).storage(Codecs.text());
        Storage<String> storage = ReadOnlyStorage.over(files)) {
      files.putAll(Map.of("a", "1", "b", "2"));
      assertThat(storage.asMap()).isEqualTo(Map.of("a", "1", "b", "2"));
      assertThat(storage.getAll(List.of("a", "c"))).isEqualTo(Map.of("a", "1"));
      assertThat(storage.contains("b")).isTrue();
      assertThat(storage.keys("a").toList()).containsExactly("a");
      assertThat(storage.size()).isEqualTo(2);
      assertThat(storage.capabilities()).containsExactly(Capability.WRITE_TIME);
      assertThat(storage.entry("a")).isEqualTo(files.entry("a"));
    }
  }

  @Test
  void loadedValuesAreReturnedAndNotStored() {
    try (Storage<String> lru = LruStorage.ofLimit(10);
        Storage<String> storage = ReadOnlyStorage.over(lru)) {
      assertThat(storage.get("k", key -> "loaded")).isEqualTo("loaded");
      assertThat(lru.size()).isZero();
      lru.put("k", "stored");
      assertThat(storage.get("k", key -> "loaded")).isEqualTo("stored");
    }
  }

  @Test
  void anExpirationInFrontHidesWhatItMustNotRemove() {
    try (Storage<String> files = FileStore.at(directory).clock(clock).storage(Codecs.text());
        Storage<String> young =
            VolatileStorage.builder(ReadOnlyStorage.over(files))
                .expiration(Duration.ofMinutes(1))
                .clock(clock)
                .build()) {
      files.put("k", "v");
      assertThat(young.get("k")).contains("v");
      clock.advance(Duration.ofMinutes(1));
      assertThat(young.get("k")).isEmpty();
      assertThat(files.get("k")).contains("v");
    }
  }
}
