package io.jstorage.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.CodecException;
import io.jstorage.KeyNotFoundException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.cache.ObservedStorage;
import io.jstorage.codec.Codecs;
import io.jstorage.file.FileStore;
import io.jstorage.memory.LruStorage;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.Storages;
import io.jstorage.testkit.FaultyByteStore;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over files whose directory goes away and comes back. */
class FallbackStorageTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final SettableClock clock = new SettableClock();
  private final Told told = new Told();
  private final AtomicInteger loads = new AtomicInteger();

  @TempDir Path root;

  private Storage<String> files;

  @BeforeEach
  void open() {
    files = FileStore.at(root.resolve("store")).suffix(".txt").clock(clock).storage(Codecs.text());
  }

  @AfterEach
  void close() {
    files.close();
  }

  private FallbackStorage.Builder<String> fallback() {
    return FallbackStorage.builder(files).listener(told).clock(clock);
  }

  private void goes() throws IOException {
    Files.move(root.resolve("store"), root.resolve("elsewhere"));
  }

  private void comesBack() throws IOException {
    Files.move(root.resolve("elsewhere"), root.resolve("store"));
  }

  private String load(String key) {
    return "loaded " + loads.incrementAndGet();
  }

  @Test
  void whileTheStorageFailsTheLoaderAnswersThoughNothingIsStored() throws IOException {
    try (FallbackStorage<String> storage = fallback().build()) {
      storage.put("k", "v");
      goes();
      assertThat(storage.get("k", this::load)).isEqualTo("loaded 1");
      assertThat(storage.get("k", this::load)).isEqualTo("loaded 2");
      assertThat(told.events).contains("k LOADER", "k not stored");
      assertThat(storage.reads(FallbackSource.LOADER)).isEqualTo(2);
      assertThat(storage.notStored()).isEqualTo(2);
      comesBack();
      assertThat(storage.get("k")).contains("v");
      assertThat(storage.get("k", this::load)).isEqualTo("v");
      assertThat(storage.get("l", this::load)).isEqualTo("loaded 3");
      assertThat(storage.get("l")).contains("loaded 3");
    }
  }

  @Test
  void aReadThatNothingAnswersFailsAndIsNoMiss() throws IOException {
    try (FallbackStorage<String> storage = fallback().build()) {
      storage.put("k", "v");
      goes();
      assertThatThrownBy(() -> storage.get("k")).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> storage.require("absent"))
          .isInstanceOf(StorageException.class)
          .isNotInstanceOf(KeyNotFoundException.class);
      assertThatThrownBy(() -> storage.getAll(List.of("k", "absent")))
          .isInstanceOf(StorageException.class);
      assertThat(told.events).contains("k NOTHING", "absent NOTHING");
      assertThat(storage.reads(FallbackSource.NOTHING)).isEqualTo(4);
      comesBack();
    }
  }

  @Test
  void theExceptionOfTheLoaderPasses() throws IOException {
    try (FallbackStorage<String> storage = fallback().build()) {
      goes();
      StorageException own = new StorageException("another storage failed");
      assertThatThrownBy(
              () ->
                  storage.get(
                      "k",
                      key -> {
                        throw own;
                      }))
          .isSameAs(own);
      comesBack();
    }
  }

  @Test
  void theLastKnownValueIsServedUntilItIsTooOld() throws IOException {
    try (FallbackStorage<String> storage = fallback().stale(HOUR).build()) {
      storage.put("written", "1");
      files.put("read", "2");
      assertThat(storage.get("read")).contains("2");
      storage.putAll(Map.of("batch", "3"));
      assertThat(storage.get("loaded", key -> "4")).isEqualTo("4");
      files.put("many", "5");
      storage.getAll(List.of("many"));
      goes();
      clock.advance(HOUR.minusNanos(1));
      assertThat(storage.get("written")).contains("1");
      assertThat(storage.require("read")).isEqualTo("2");
      assertThat(storage.asMap().get("batch")).isEqualTo("3");
      assertThat(storage.get("loaded", this::load)).isEqualTo("4");
      assertThat(storage.getAll(List.of("many", "read")))
          .isEqualTo(Map.of("many", "5", "read", "2"));
      assertThat(loads).hasValue(0);
      assertThat(storage.reads(FallbackSource.LAST_KNOWN)).isEqualTo(6);
      clock.advance(Duration.ofNanos(1));
      assertThatThrownBy(() -> storage.get("written")).isInstanceOf(StorageException.class);
      comesBack();
    }
  }

  @Test
  void valuesLoadedDuringAnOutageAreKnownToo() throws IOException {
    try (FallbackStorage<String> storage = fallback().stale(HOUR).build()) {
      goes();
      assertThat(storage.get("k", this::load)).isEqualTo("loaded 1");
      assertThat(storage.get("k", this::load)).isEqualTo("loaded 1");
      assertThat(storage.get("k")).contains("loaded 1");
      comesBack();
      assertThat(storage.get("k")).isEmpty();
    }
  }

  @Test
  void aBatchThatCanBeAnsweredInPartNamesTheRest() throws IOException {
    try (FallbackStorage<String> storage = fallback().stale(HOUR).build()) {
      storage.put("k", "v");
      goes();
      assertThatThrownBy(() -> storage.getAll(List.of("k", "l")))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("1");
      comesBack();
    }
  }

  @Test
  void removedOrMissedEntriesAreNotServed() throws IOException {
    try (FallbackStorage<String> storage = fallback().stale(HOUR).build()) {
      storage.putAll(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));
      storage.remove("a");
      storage.removeAll(List.of("b"));
      files.remove("c");
      assertThat(storage.get("c")).isEmpty();
      goes();
      for (String key : List.of("a", "b", "c")) {
        assertThatThrownBy(() -> storage.get(key)).isInstanceOf(StorageException.class);
      }
      assertThat(storage.get("d")).contains("4");
      comesBack();
      storage.clear();
      goes();
      assertThatThrownBy(() -> storage.get("d")).isInstanceOf(StorageException.class);
      comesBack();
    }
  }

  @Test
  void aWriteFailsAndTheLastKnownValueStaysWhatItWas() throws IOException {
    try (FallbackStorage<String> storage = fallback().stale(HOUR).build()) {
      storage.put("k", "v");
      goes();
      assertThatThrownBy(() -> storage.put("k", "w")).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> storage.remove("k")).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> storage.putAll(Map.of("k", "w")))
          .isInstanceOf(StorageException.class);
      assertThatThrownBy(storage::clear).isInstanceOf(StorageException.class);
      comesBack();
      assertThat(storage.get("k")).contains("v");
    }
  }

  @Test
  void aWriteOfUnknownOutcomeForgetsTheLastKnownValue() {
    FaultyByteStore faulty = FaultyByteStore.around(FileStore.at(root.resolve("faulty")).open());
    try (Storage<String> behind = Storages.of(faulty.store(), Codecs.text());
        Storage<String> storage = FallbackStorage.builder(behind).stale(HOUR).build()) {
      storage.put("k", "v");
      storage.put("l", "v");
      faulty.failAfter("write", 1, ByteStoreException.outcomeUnknown("the connection broke", null));
      assertThatThrownBy(() -> storage.put("k", "w"))
          .isInstanceOfSatisfying(
              StorageUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
      faulty.breakDown(ByteStoreException.unavailable("gone", null));
      assertThatThrownBy(() -> storage.get("k")).isInstanceOf(StorageUnavailableException.class);
      assertThat(storage.get("l")).contains("v");
    }
  }

  @Test
  void theSecondStorageAnswersAndIsNeverWritten() throws IOException {
    Storage<String> replica = LruStorage.ofLimit(10);
    try (FallbackStorage<String> storage = fallback().second(replica).build()) {
      replica.put("k", "copy");
      storage.put("l", "v");
      goes();
      assertThat(storage.get("k")).contains("copy");
      assertThat(storage.get("absent")).isEmpty();
      assertThat(storage.getAll(List.of("k", "absent"))).isEqualTo(Map.of("k", "copy"));
      assertThat(storage.get("absent", this::load)).isEqualTo("loaded 1");
      assertThat(replica.asMap()).isEqualTo(Map.of("k", "copy"));
      assertThat(told.events).startsWith("k SECOND", "absent SECOND");
      replica.close();
      assertThatThrownBy(() -> storage.get("k"))
          .isInstanceOf(StorageException.class)
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
      comesBack();
    }
  }

  @Test
  void callsOtherThanReadsOfValuesAreNotServed() throws IOException {
    try (FallbackStorage<String> storage = fallback().stale(HOUR).build()) {
      storage.put("k", "v");
      goes();
      assertThatThrownBy(() -> storage.entry("k")).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> storage.contains("k")).isInstanceOf(StorageException.class);
      assertThatThrownBy(storage::size).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> storage.asMap().computeIfPresent("k", (key, seen) -> seen + "!"))
          .isInstanceOf(StorageException.class);
      comesBack();
      assertThat(storage.get("k")).contains("v");
    }
  }

  @Test
  void bytesThatDoNotDecodeAreNoFailureOfTheStorage() throws IOException {
    try (FallbackStorage<String> storage = fallback().stale(HOUR).build()) {
      storage.put("k", "v");
      Path file = root.resolve("store").resolve("k.txt");
      Files.write(file, new byte[] {(byte) 0xff});
      assertThatThrownBy(() -> storage.get("k")).isInstanceOf(CodecException.class);
      assertThatThrownBy(() -> storage.get("k", this::load)).isInstanceOf(CodecException.class);
      assertThatThrownBy(() -> storage.getAll(List.of("k")))
          .hasCauseInstanceOf(CodecException.class);
      assertThat(loads).hasValue(0);
      assertThat(Files.readAllBytes(file)).containsExactly(0xff);
      assertThat(told.events).isEmpty();
    }
  }

  @Test
  void aListenerThatThrowsHarmsNothing() throws IOException {
    FallbackListener broken =
        (key, source, failure) -> {
          throw new IllegalStateException("broken");
        };
    try (Storage<String> storage = fallback().listener(broken).build()) {
      goes();
      assertThat(storage.get("k", this::load)).isEqualTo("loaded 1");
      comesBack();
    }
  }

  @Test
  void theLastKnownAreTheMostRecentlyUsed() throws IOException {
    try (Storage<String> storage = fallback().stale(HOUR).limit(2).build()) {
      storage.put("a", "1");
      storage.put("b", "2");
      storage.get("a");
      storage.put("c", "3");
      goes();
      assertThatThrownBy(() -> storage.get("b")).isInstanceOf(StorageException.class);
      assertThat(storage.getAll(List.of("a", "c"))).hasSize(2);
      comesBack();
    }
  }

  @Test
  void observersPassOnTheLoaderAndItsValue() throws IOException {
    ManualExecutor executor = new ManualExecutor();
    Storage<String> refreshed =
        RefreshStorage.builder(files).after(HOUR).clock(clock).executor(executor).build();
    try (ObservedStorage<String> observed =
        ObservedStorage.of(
            FallbackStorage.builder(ObservedStorage.of(refreshed)).listener(told).build())) {
      observed.put("k", "v");
      clock.advance(HOUR);
      assertThat(observed.get("k", this::load)).isEqualTo("v");
      executor.runAll();
      assertThat(files.get("k")).contains("loaded 1");
      goes();
      assertThat(observed.get("k", this::load)).isEqualTo("loaded 2");
      assertThat(told.events).containsExactly("k LOADER", "k not stored");
      assertThat(observed.statistics().loads()).isEqualTo(2);
      comesBack();
    }
  }

  @Test
  void overAReadOnlyStorageWhatIsLoadedIsReturned() {
    try (Storage<String> storage =
        FallbackStorage.builder(ReadOnlyStorage.over(files)).owned().build()) {
      assertThat(storage.get("k", this::load)).isEqualTo("loaded 1");
      assertThat(files.size()).isZero();
    }
  }
}
