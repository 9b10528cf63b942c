package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.RemovalListener;
import io.jstorage.Statistics;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Latches;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of a disk LRU, and what its listener hears. */
class DiskLruStatisticsTest {
  @TempDir Path root;
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

  private DiskLruStore.Builder at(int limit) {
    return DiskLruStore.at(root).limit(limit);
  }

  private DiskLruStore.Builder listening(int limit) {
    RemovalListener<String> listener =
        (key, value, cause) -> heard.add(key + "=" + value + " " + cause);
    return at(limit).listener(listener);
  }

  private static Statistics of(Storage<?> storage) {
    return storage.unwrap(Statistics.class).orElseThrow();
  }

  @Test
  void everyReadIsAHitOrAMiss() {
    try (Storage<String> storage = at(5).statistics().storage(Codecs.text())) {
      storage.put("a", "1");
      storage.get("a");
      storage.require("a");
      storage.entry("a");
      storage.asMap().get("a");
      storage.getAll(List.of("a", "x"));
      storage.get("x");
      storage.contains("a");
      storage.asMap().values().forEach(value -> {});
      storage.replace("a", storage.entry("a").orElseThrow().version().orElseThrow(), "2");
      storage.putIfAbsent("a", "3");
      Statistics counted = of(storage);
      assertThat(counted.hits()).isEqualTo(6);
      assertThat(counted.misses()).isEqualTo(2);
      assertThat(counted.puts()).isEqualTo(2);
      assertThat(counted.entries()).hasValue(1);
      assertThat(counted.expirations()).isEmpty();
    }
  }

  @Test
  void aLoadIsOneMissAndOneLoad() {
    try (Storage<String> storage = at(5).statistics().storage(Codecs.text())) {
      assertThat(storage.get("a", key -> "1")).isEqualTo("1");
      assertThat(storage.get("a", key -> "2")).isEqualTo("1");
      assertThatThrownBy(
              () ->
                  storage.get(
                      "b",
                      key -> {
                        throw new IllegalStateException(key);
                      }))
          .hasMessage("b");
      Statistics counted = of(storage);
      assertThat(counted.hits()).isEqualTo(1);
      assertThat(counted.misses()).isEqualTo(2);
      assertThat(counted.loads()).isEqualTo(2);
      assertThat(counted.loadFailures()).isEqualTo(1);
      assertThat(counted.loadNanos()).isPositive();
      assertThat(counted.puts()).isEqualTo(1);
    }
  }

  @Test
  void removalsAreCountedByTheirCause() throws IOException {
    try (Storage<String> storage = at(2).bytes(10).statistics().storage(Codecs.text())) {
      for (String key : List.of("a", "b", "c")) {
        storage.put(key, "1");
      }
      storage.put("c", "2");
      storage.remove("c");
      storage.remove("c");
      storage.put("large", "12345678901");
      assertThat(of(storage).evictions()).hasValue(2);
      storage.put("b", "12345678901");
      Statistics before = of(storage);
      assertThat(before.evictions()).hasValue(3);
      assertThat(before.removals()).isEqualTo(1);
      assertThat(before.puts()).isEqualTo(6);
      assertThat(before.entries()).hasValue(0);
      storage.put("d", "1");
      storage.put("e", "1");
      storage.clear();
      assertThat(of(storage).removals()).isEqualTo(3);
      assertThat(of(storage).entries()).hasValue(0);
      assertThat(before.removals()).as("a snapshot").isEqualTo(1);
    }
  }

  @Test
  void eachObjectCountsForItself() {
    try (Storage<String> storage = at(2).statistics().storage(Codecs.text());
        Storage<String> other = at(2).statistics().storage(Codecs.text())) {
      storage.put("a", "1");
      other.put("b", "1");
      other.put("c", "1");
      assertThat(other.get("b")).isPresent();
      assertThat(of(storage).puts()).isEqualTo(1);
      assertThat(of(storage).evictions()).hasValue(0);
      assertThat(of(storage).hits()).isZero();
      assertThat(of(storage).entries()).hasValue(1);
      assertThat(of(other).evictions()).hasValue(1);
      assertThat(of(other).entries()).hasValue(2);
    }
    try (Storage<String> again = at(2).statistics().storage(Codecs.text())) {
      assertThat(of(again).entries()).hasValue(2);
      assertThat(of(again).puts()).isZero();
    }
  }

  @Test
  void nothingIsCountedWhereNobodyLooks() {
    try (Storage<String> storage = at(2).storage(Codecs.text())) {
      assertThat(storage.unwrap(Statistics.class)).isEmpty();
    }
  }

  @Test
  void aUrlSwitchesItOnAlsoBehindTransforms() {
    try (Storage<String> storage =
        StorageProvider.load()
            .open(
                "disklru:" + root + "?codec=text&transforms=gzip&statistics=true", String.class)) {
      storage.get("a", key -> "1");
      assertThat(of(storage).misses()).isEqualTo(1);
      assertThat(of(storage).loads()).isEqualTo(1);
    }
  }

  @Test
  void theListenerHearsWhatLeavesAndWhy() throws IOException {
    try (Storage<String> storage = listening(2).bytes(10).storage(Codecs.text())) {
      String longKey = "Long/Key ".repeat(40);
      storage.put("a", "1");
      storage.put("a", "2");
      storage.put(longKey, "1");
      storage.put("c", "1");
      storage.remove(longKey);
      storage.remove(longKey);
      storage.putIfAbsent("c", "2");
      storage.put("c", "12345678901");
      storage.put(longKey, "12345678901");
      storage.put("d", "1");
      storage.clear();
      assertThat(heard)
          .containsExactlyInAnyOrder(
              "a=1 REPLACED",
              "a=2 EVICTED",
              longKey + "=1 REMOVED",
              "c=1 REPLACED",
              "c=12345678901 EVICTED",
              longKey + "=12345678901 EVICTED",
              "d=1 REMOVED");
    }
    assertThat(heard).as("closing removes nothing").hasSize(7);
    assertThat(OpenFiles.below(root)).isEmpty();
  }

  @Test
  void itHearsOfNoOtherObject() {
    try (Storage<String> storage = listening(1).storage(Codecs.text());
        Storage<String> other = at(1).storage(Codecs.text())) {
      storage.put("a", "1");
      other.put("b", "1");
      other.remove("b");
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void manyThatLeaveAtOnceAreAllHeardOf() throws IOException {
    try (Storage<String> storage = at(300).storage(Codecs.text())) {
      for (int i = 0; i < 300; i++) {
        storage.put("k" + i, "v" + i);
      }
    }
    try (Storage<String> storage = listening(1).storage(Codecs.text())) {
      storage.put("new", "1");
      assertThat(heard).hasSize(300).contains("k0=v0 EVICTED", "k299=v299 EVICTED");
    }
    assertThat(OpenFiles.below(root)).isEmpty();
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
    }
  }

  /** Other processes wait for the lock, and many values may not fit into memory. */
  @Test
  void noneOfThemIsReadUnderTheLock() {
    try (Storage<String> storage = at(300).storage(Codecs.text())) {
      for (int i = 0; i < 300; i++) {
        storage.put("k" + i, "v" + i);
      }
    }
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> storage = listening(1).disk(disk).storage(Codecs.text())) {
      disk.takeCalls();
      storage.put("new", "1");
      List<String> calls = disk.takeCalls();
      assertThat(calls.subList(0, calls.lastIndexOf("unlock"))).doesNotContain("read");
      assertThat(heard).hasSize(300);
    }
  }

  @Test
  void itMayUseTheStorage() {
    List<Storage<String>> self = new ArrayList<>();
    RemovalListener<String> listener =
        (key, value, cause) -> {
          heard.add(key);
          if (heard.size() < 3) {
            self.get(0).put("again-" + heard.size(), value);
          }
        };
    try (Storage<String> storage = at(1).listener(listener).storage(Codecs.text())) {
      self.add(storage);
      storage.put("a", "1");
      storage.put("b", "2");
      assertThat(heard).containsExactly("a", "b", "again-1");
      assertThat(storage.get("again-2")).contains("2");
    }
  }

  @Test
  void oneThatThrowsHarmsNothing() {
    RemovalListener<String> listener =
        (key, value, cause) -> {
          heard.add(key);
          throw new AssertionError("of the listener");
        };
    try (Storage<String> storage = at(1).listener(listener).storage(Codecs.text())) {
      storage.put("a", "1");
      storage.put("b", "1");
      storage.put("c", "1");
      assertThat(storage.get("c")).contains("1");
      assertThat(heard).containsExactly("a", "b");
    }
  }

  @Test
  void oneThatBlocksHoldsUpNobodyElse() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    RemovalListener<String> listener =
        (key, value, cause) -> {
          if (key.equals("a")) {
            blocked.countDown();
            Latches.await(released);
          }
        };
    try (Storage<String> storage = at(1).listener(listener).storage(Codecs.text())) {
      storage.put("a", "1");
      Thread evicting = new Thread(() -> storage.put("b", "1"));
      evicting.start();
      blocked.await();
      storage.put("c", "1");
      assertThat(storage.get("c")).contains("1");
      released.countDown();
      evicting.join();
    }
  }

  @Test
  void aChangeThatFailsIsNotHeardOf() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> storage = listening(2).disk(disk).storage(Codecs.text())) {
      storage.put("a", "1");
      disk.hook(
          (call, path) -> {
            boolean entry = path.toString().endsWith("a.storage.lru");
            if (entry && (call.equals("rename") || call.equals("delete"))) {
              throw new IOException("Input/output error");
            }
          });
      assertThatThrownBy(() -> storage.put("a", "2")).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> storage.remove("a")).isInstanceOf(StorageException.class);
      disk.hook((call, path) -> {});
      assertThat(heard).isEmpty();
      assertThat(OpenFiles.below(root)).noneMatch(file -> file.endsWith("a.storage.lru"));
      storage.put("a", "3");
      assertThat(heard).containsExactly("a=1 REPLACED");
    }
    assertThat(OpenFiles.below(root)).isEmpty();
  }

  @Test
  void aFileThatCannotBeReadIsEvictedUnheard() {
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> storage = listening(1).disk(disk).storage(Codecs.text())) {
      storage.put("a", "1");
      disk.hook(
          (call, path) -> {
            if (call.equals("open")) {
              throw new IOException("Input/output error");
            }
          });
      storage.put("b", "1");
      disk.hook((call, path) -> {});
      assertThat(storage.size()).isEqualTo(1);
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void valuesAreDecodedAndThoseThatAreNotValuesArePassedOver() throws IOException {
    RemovalListener<String> listener =
        (key, value, cause) -> heard.add(key + "=" + value + " " + cause);
    try (Storage<String> storage =
        StorageProvider.load()
            .open(
                "disklru:" + root + "?codec=text&transforms=gzip&limit=1",
                String.class,
                StorageOptions.of(DiskLruOptions.LISTENER, listener))) {
      storage.put("a", "1");
      storage.put("b", "2");
      Files.writeString(root.resolve("b.storage.lru"), "damaged");
      storage.put("c", "3");
      storage.remove("c");
      assertThat(heard).containsExactly("a=1 EVICTED", "c=3 REMOVED");
    }
  }

  @Test
  void aStoreOfBytesTellsBytes() throws IOException {
    List<byte[]> told = new ArrayList<>();
    RemovalListener<byte[]> listener = (key, bytes, cause) -> told.add(bytes);
    try (DiskLruStore store = at(1).listener(listener).open()) {
      store.write("a", new byte[] {1, 2}, WriteOptions.NONE);
      store.delete("a", Condition.NONE);
    }
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).containsExactly(1, 2);
  }

  @Test
  void aListenerIsAnObjectAndNothingElse() {
    assertThatThrownBy(
            () ->
                StorageProvider.load()
                    .open("disklru:" + root, String.class, StorageOptions.of("listener", "name")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("listener");
  }
}
