package io.jstorage.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidKeyException;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageUnavailableException;
import io.jstorage.codec.Codecs;
import io.jstorage.file.FileStore;
import io.jstorage.jvm.Polling;
import io.jstorage.memory.LruStorage;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import io.jstorage.spi.ForwardingByteStore;
import io.jstorage.spi.Storages;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefixStorageTest {
  @TempDir Path directory;

  @Test
  void aKeyIsTheLongerKeyOfTheStorageBehind() {
    try (Storage<String> lru = LruStorage.ofLimit(10);
        Storage<String> users = PrefixStorage.over(lru, "users:")) {
      users.put("1", "one");
      lru.put("users:2", "two");
      lru.put("users:", "the prefix alone");
      lru.put("orders:1", "an order");
      assertThat(lru.get("users:1")).contains("one");
      assertThat(users.getAll(List.of("1", "2", "3"))).isEqualTo(Map.of("1", "one", "2", "two"));
      assertThat(users.asMap().keySet()).containsExactlyInAnyOrder("1", "2");
      assertThat(users.size()).isEqualTo(2);
      assertThat(users.toString()).contains("'users:'");
    }
  }

  @Test
  void clearingTouchesNothingElse() {
    try (Storage<String> lru = LruStorage.ofLimit(10_000);
        Storage<String> users = PrefixStorage.over(lru, "users:")) {
      for (int i = 0; i < 1_234; i++) {
        users.put("k" + i, "v");
      }
      lru.put("users:", "the prefix alone");
      lru.put("user", "another");
      users.clear();
      assertThat(users.size()).isZero();
      assertThat(lru.asMap().keySet()).containsExactlyInAnyOrder("users:", "user");
    }
  }

  @Test
  void aClearThatFailsSaysWhatFailed() {
    ByteStore failing =
        new ForwardingByteStore(FileStore.at(directory).open()) {
          @Override
          public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed) {
            keys.forEach(key -> failed.accept(key, ByteStoreException.outcomeUnknown("?", null)));
          }
        };
    try (Storage<String> files = Storages.of(failing, Codecs.text());
        Storage<String> users = PrefixStorage.over(files, "users:")) {
      users.put("1", "one");
      assertThatThrownBy(users::clear)
          .isInstanceOfSatisfying(
              StorageUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
    }
  }

  @Test
  void keysAreShorterByThePrefixInBytes() {
    try (Storage<String> lru = LruStorage.ofLimit(10);
        Storage<String> storage = PrefixStorage.over(lru, "€:")) {
      storage.put("k".repeat(1020), "v");
      assertThatThrownBy(() -> storage.put("k".repeat(1021), "v"))
          .isInstanceOf(InvalidKeyException.class)
          .hasMessageContaining("the limit is 1020");
    }
  }

  @Test
  void aPrefixThatCannotBeginKeysIsRefused() {
    try (Storage<String> lru = LruStorage.ofLimit(10)) {
      assertThatThrownBy(() -> PrefixStorage.over(lru, ""))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("prefix");
      assertThatThrownBy(() -> PrefixStorage.over(lru, "half\ud83d"))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("unpaired surrogate");
      assertThatThrownBy(() -> PrefixStorage.over(lru, "p".repeat(770)))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContainingAll("too long", "1024", "254", "255");
      try (Storage<String> storage = PrefixStorage.over(lru, "p".repeat(769))) {
        storage.put("k".repeat(255), "v");
        assertThat(storage.keys().toList()).hasSize(1);
      }
    }
  }

  @Test
  void oneViewStandsBeforeAnother() {
    try (Storage<String> files = FileStore.at(directory).storage(Codecs.text());
        Storage<String> outer = PrefixStorage.over(files, "a:");
        Storage<String> inner = PrefixStorage.over(outer, "b:")) {
      inner.put("k", "v");
      assertThat(files.get("a:b:k")).contains("v");
      inner.clear();
      assertThat(files.size()).isZero();
    }
  }

  @Test
  void itNamesNoPowerOfTheStorageBehind() {
    try (Storage<String> files = FileStore.at(directory).storage(Codecs.text());
        Storage<String> storage = PrefixStorage.over(files, "a:")) {
      assertThat(storage.streams()).isEmpty();
      assertThat(storage.unwrap(FileStore.class)).isEmpty();
    }
  }

  @Test
  void changesUnderThePrefixAreReportedByTheShorterKey() throws IOException {
    List<String> changed = new CopyOnWriteArrayList<>();
    ChangeListener listener =
        new ChangeListener() {
          @Override
          public void changed(String key) {
            changed.add(key);
          }

          @Override
          public void lost() {}

          @Override
          public void resumed() {}
        };
    try (Storage<String> lru = LruStorage.ofLimit(10);
        Storage<String> storage = PrefixStorage.over(lru, "a:");
        Closeable watch = storage.unwrap(ChangeFeed.class).orElseThrow().watch(listener)) {
      lru.put("b:other", "v");
      lru.put("a:", "the prefix alone");
      lru.put("a:k", "v");
      storage.remove("k");
      storage.put("l", "v");
      Polling.until("the last change is reported", () -> changed.contains("l"));
      assertThat(changed).containsOnly("k", "l");
      assertThat(watch).isNotNull();
    }
  }
}
