package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileExpiryTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path root;
  private final SettableClock clock = new SettableClock();
  private final FaultyDisk disk = new FaultyDisk();

  private Storage<String> open(Duration expiration) {
    return FileStore.at(root).expiration(expiration).clock(clock).disk(disk).storage(Codecs.text());
  }

  private boolean isFileThere() {
    return Files.exists(root.resolve("k.storage.json"));
  }

  @Test
  void anEntryLivesForTheExpirationToTheNanosecond() {
    try (Storage<String> storage = open(HOUR)) {
      assertThat(storage.capabilities())
          .containsExactlyInAnyOrder(Capability.ATOMIC, Capability.EXPIRY);
      storage.put("k", "v");
      Entry<String> entry = storage.entry("k").orElseThrow();
      assertThat(entry.expiresAt()).hasValue(clock.instant().plus(HOUR));
      assertThat(entry.writtenAt()).isEmpty();
      clock.advance(HOUR.minusNanos(1));
      assertThat(storage.get("k")).hasValue("v");
      clock.advance(Duration.ofNanos(1));
      assertThat(storage.get("k")).isEmpty();
      assertThat(isFileThere()).isFalse();
    }
  }

  @Test
  void theFileOfAnEntryBearsTheTimeOfTheWrite() throws IOException {
    try (Storage<String> storage = open(HOUR)) {
      storage.put("k", "v");
      assertThat(Files.getLastModifiedTime(root.resolve("k.storage.json")).toInstant())
          .isEqualTo(clock.instant());
    }
  }

  @Test
  void aTimeToLiveOfItsOwnIsShorterOrLonger() {
    try (Storage<String> storage = open(HOUR)) {
      storage.put("k", "short", Duration.ofMillis(1));
      storage.put("l", "long", HOUR.multipliedBy(3));
      assertThat(storage.entry("k").flatMap(Entry::expiresAt))
          .hasValue(clock.instant().plusMillis(1));
      clock.advance(Duration.ofMillis(1));
      assertThat(storage.get("k")).isEmpty();
      clock.advance(HOUR.multipliedBy(2));
      assertThat(storage.get("l")).hasValue("long");
    }
  }

  @Test
  void everyAccessOfAnExpiredEntryIsAMiss() {
    try (Storage<String> storage = open(HOUR)) {
      storage.put("k", "v");
      Version version = storage.entry("k").flatMap(Entry::version).orElseThrow();
      clock.advance(HOUR);
      assertThat(storage.replace("k", version, "w")).isFalse();
      assertThat(storage.remove("k", version)).isFalse();
      assertThat(storage.size()).as("not purged yet").isEqualTo(1);
      assertThat(storage.remove("k")).isFalse();
      assertThat(isFileThere()).isFalse();
      storage.put("k", "v", Duration.ofNanos(1));
      clock.advance(HOUR);
      assertThat(storage.contains("k")).isFalse();
      assertThat(isFileThere()).isFalse();
      storage.put("k", "v");
      clock.advance(HOUR);
      assertThat(storage.entry("k")).isEmpty();
      assertThat(isFileThere()).isFalse();
      storage.put("k", "v");
      clock.advance(HOUR);
      assertThat(storage.putIfAbsent("k", "w")).isTrue();
      assertThat(storage.get("k")).hasValue("w");
    }
  }

  @Test
  void accessCleansUpTheAccessedKeyOnly() {
    try (Storage<String> storage = open(HOUR)) {
      storage.put("k", "v");
      storage.put("l", "v");
      clock.advance(HOUR);
      assertThat(storage.get("k")).isEmpty();
      assertThat(storage.size()).isEqualTo(1);
    }
  }

  @Test
  void purgingRemovesWhatHasExpiredAndTellsHowMany() throws IOException {
    String longKey = "K".repeat(300);
    try (Storage<String> storage = open(HOUR)) {
      storage.put("k", "v");
      storage.put(longKey, "v");
      storage.put("stays", "v", HOUR.multipliedBy(2));
      Files.writeString(root.resolve("foreign"), "old");
      clock.advance(HOUR);
      assertThat(storage.purgeExpired()).isEqualTo(2);
      assertThat(storage.purgeExpired()).isZero();
      try (Stream<String> keys = storage.keys();
          Stream<Path> files = Files.list(root)) {
        assertThat(keys).containsExactly("stays");
        assertThat(files).hasSize(4);
      }
    }
  }

  @Test
  void deadlinesBeyondWhatAFileKeepsAreTheLatestItKeeps() {
    try (Storage<String> storage = open(Duration.ofDays(1))) {
      storage.put("k", "v", Duration.ofSeconds(Long.MAX_VALUE));
      Instant latest = Expiration.LATEST.plus(Duration.ofDays(1));
      assertThat(storage.entry("k").flatMap(Entry::expiresAt)).hasValue(latest);
      clock.set(latest.minusNanos(1));
      assertThat(storage.get("k")).hasValue("v");
      clock.set(latest);
      assertThat(storage.get("k")).isEmpty();
      clock.set(Instant.MAX);
      storage.put("k", "v");
      assertThat(storage.get("k")).isEmpty();
    }
  }

  @Test
  void aClockAtTheBeginningOfTimeMakesNothingImmortal() {
    try (Storage<String> storage = open(HOUR)) {
      clock.set(Instant.MIN);
      storage.put("k", "v", Duration.ofNanos(1));
      clock.set(Instant.EPOCH);
      assertThat(storage.get("k")).isEmpty();
    }
  }

  @Test
  void anExpirationOfMillenniaStillTakesAShortTimeToLive() {
    try (Storage<String> storage = open(Duration.ofDays(365_000))) {
      storage.put("k", "v", Duration.ofSeconds(1));
      storage.put("l", "v");
      clock.advance(Duration.ofSeconds(1));
      assertThat(storage.get("k")).isEmpty();
      clock.advance(Duration.ofDays(36_500));
      assertThat(storage.get("l")).hasValue("v");
    }
  }

  @Test
  void anEntryIsAsOldAfterReopening() {
    try (Storage<String> storage = open(HOUR)) {
      storage.put("k", "v");
    }
    clock.advance(HOUR.minusNanos(1));
    try (Storage<String> storage = open(HOUR)) {
      assertThat(storage.get("k")).hasValue("v");
      clock.advance(Duration.ofNanos(1));
      assertThat(storage.get("k")).isEmpty();
    }
  }

  @Test
  void aReaderThatFoundAnExpiredEntryDoesNotDeleteTheFreshOne() {
    AtomicBoolean once = new AtomicBoolean();
    try (Storage<String> reader = open(HOUR);
        Storage<String> writer =
            FileStore.at(root).expiration(HOUR).clock(clock).storage(Codecs.text())) {
      writer.put("k", "same");
      clock.advance(HOUR);
      disk.hook(
          (call, path) -> {
            if (call.equals("tryLock") && once.compareAndSet(false, true)) {
              writer.put("k", "same");
            }
          });
      assertThat(reader.get("k")).isEmpty();
      assertThat(once).isTrue();
      assertThat(reader.get("k")).hasValue("same");
      assertThat(writer.get("k")).hasValue("same");
    }
  }

  @Test
  void bytesAndDeadlineAreThoseOfOneWrite() {
    AtomicBoolean once = new AtomicBoolean();
    try (Storage<String> reader = open(HOUR);
        Storage<String> writer =
            FileStore.at(root).expiration(HOUR).clock(clock).storage(Codecs.text())) {
      writer.put("k", "old", Duration.ofMinutes(1));
      disk.hook(
          (call, path) -> {
            if (call.equals("read") && once.compareAndSet(false, true)) {
              writer.put("k", "new", Duration.ofMinutes(2));
            }
          });
      Entry<String> entry = reader.entry("k").orElseThrow();
      assertThat(entry.value()).isEqualTo("new");
      assertThat(entry.expiresAt()).hasValue(clock.instant().plus(Duration.ofMinutes(2)));
    }
  }

  @Test
  void anExpiredEntryThatCannotBeDeletedIsAMissAllTheSame() {
    try (Storage<String> storage = open(HOUR)) {
      storage.put("k", "v");
      clock.advance(HOUR);
      disk.hook(
          (call, path) -> {
            if (call.equals("delete")) {
              throw new IOException("Read-only file system");
            }
          });
      assertThat(storage.get("k")).isEmpty();
      assertThatThrownBy(storage::purgeExpired)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("Read-only");
      assertThat(isFileThere()).isTrue();
    }
  }
}
