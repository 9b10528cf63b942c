package io.jstorage.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a file system that keeps other times than it is given, nothing is acknowledged and gone. */
@Timeout(300)
class FileTimesTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration CENTURY = Duration.ofDays(36_525);

  @TempDir Path root;
  private final SettableClock clock = new SettableClock();

  /** A disk that keeps what a function makes of a time. */
  private static Disk keeping(UnaryOperator<Instant> kept) {
    return new Disk() {
      @Override
      @Nullable String fileSystemType(Path directory) {
        return "fuse.sshfs";
      }

      @Override
      void setModified(Path file, FileTime modified) throws IOException {
        super.setModified(file, FileTime.from(kept.apply(modified.toInstant())));
      }
    };
  }

  private static Instant wrapped(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond() & 0xffff_ffffL);
  }

  private static Instant wrappedWithSign(Instant time) {
    int seconds = (int) time.getEpochSecond();
    return Instant.ofEpochSecond(seconds);
  }

  private static Instant clamped(Instant time) {
    Instant latest = Instant.ofEpochSecond(Integer.MAX_VALUE);
    return time.isAfter(latest) ? latest : time;
  }

  private Storage<String> open(Disk disk) {
    return FileStore.at(root).expiration(HOUR).clock(clock).disk(disk).storage(Codecs.text());
  }

  @Test
  void aDistantDeadlineIsTheLatestThatTheFileSystemKeeps() {
    for (UnaryOperator<Instant> kept :
        List.<UnaryOperator<Instant>>of(
            FileTimesTest::wrapped, FileTimesTest::wrappedWithSign, FileTimesTest::clamped)) {
      try (Storage<String> storage = open(keeping(kept))) {
        storage.put("k", "v", CENTURY.multipliedBy(2));
        assertThat(storage.get("k")).hasValue("v");
        assertThat(storage.entry("k").flatMap(Entry::expiresAt).orElseThrow())
            .isAfter(Instant.parse("2038-01-19T00:00:00Z"));
        storage.put("k", "v", HOUR.multipliedBy(2));
        assertThat(storage.entry("k").flatMap(Entry::expiresAt).orElseThrow())
            .isBetween(
                clock.instant().plus(HOUR.multipliedBy(2)).minusSeconds(1),
                clock.instant().plus(HOUR.multipliedBy(2)));
      }
    }
  }

  @Test
  void aDeadlineThatIsCutOffEntirelyIsLaterInstead() {
    Instant second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    clock.set(second.plusMillis(100));
    for (UnaryOperator<Instant> kept :
        List.<UnaryOperator<Instant>>of(
            time -> time.truncatedTo(ChronoUnit.SECONDS),
            time -> Instant.ofEpochSecond(time.getEpochSecond() / 2 * 2))) {
      try (Storage<String> storage = open(keeping(kept))) {
        storage.put("k", "v", Duration.ofMillis(300));
        assertThat(storage.get("k")).hasValue("v");
        clock.advance(Duration.ofSeconds(5));
        assertThat(storage.get("k")).isEmpty();
      }
    }
  }

  @Test
  void aFileSystemThatKeepsNoTimesIsRefusedByAWriteThatNeedsThem() throws IOException {
    try (Storage<String> storage = open(keeping(time -> Instant.EPOCH))) {
      assertThatThrownBy(() -> storage.put("k", "v"))
          .isInstanceOfSatisfying(
              StorageException.class, e -> assertThat(e.outcomeUnknown()).isFalse())
          .hasMessageContaining("time of last modification")
          .hasMessageContaining("storage.volatile");
      assertThat(storage.get("k")).isEmpty();
    }
    try (Storage<String> storage = FileStore.at(root).storage(Codecs.text())) {
      storage.put("k", "v");
      try (Stream<Path> files = Files.list(root)) {
        assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
      }
    }
  }

  @Test
  void aTimeThatIsAnotherAtEveryLookIsAnErrorInTheEnd() {
    AtomicLong looks = new AtomicLong();
    boolean[] restless = new boolean[1];
    Disk disk =
        new Disk() {
          @Override
          @Nullable String fileSystemType(Path directory) {
            return "fuse.rclone";
          }

          @Override
          @Nullable BasicFileAttributes attributes(Path file) throws IOException {
            if (restless[0] && file.toString().endsWith(".storage.json")) {
              Files.setLastModifiedTime(
                  file, FileTime.fromMillis(looks.incrementAndGet() * 10_000));
            }
            return super.attributes(file);
          }
        };
    try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
      storage.put("k", "v");
      Version version = storage.entry("k").flatMap(Entry::version).orElseThrow();
      restless[0] = true;
      assertThat(storage.get("k")).hasValue("v");
      assertThatThrownBy(() -> storage.entry("k"))
          .isInstanceOf(StorageUnavailableException.class)
          .hasMessageContaining("another time of last modification at every look");
      assertThatThrownBy(() -> storage.streams().orElseThrow().read("k"))
          .isInstanceOf(StorageUnavailableException.class);
      assertThat(storage.replace("k", version, "w")).isFalse();
      restless[0] = false;
      assertThat(storage.entry("k")).isPresent();
      assertThat(storage.remove("k")).isTrue();
    }
  }

  @Test
  void entriesExpireWithoutADefaultExpiration() throws IOException {
    try (Storage<String> storage =
        FileStore.at(root).expiring().clock(clock).storage(Codecs.text())) {
      storage.put("stays", "v");
      storage.put("goes", "v", HOUR);
      storage.streams().orElseThrow().write("stream", streamOf("s"), HOUR.multipliedBy(2));
      assertThat(storage.entry("stays").orElseThrow().expiresAt()).isEmpty();
      assertThat(storage.entry("goes").flatMap(Entry::expiresAt))
          .hasValue(clock.instant().plus(HOUR));
      clock.advance(HOUR);
      assertThat(storage.get("goes")).isEmpty();
      assertThat(storage.get("stream")).hasValue("s");
      clock.advance(CENTURY.multipliedBy(2));
      assertThat(storage.get("stays")).hasValue("v");
      assertThat(storage.purgeExpired()).isEqualTo(1);
      assertThat(storage.contains("stream")).isFalse();
      clock.advance(CENTURY.multipliedBy(100));
      assertThat(storage.get("stays")).hasValue("v");
    }
  }

  private static InputStream streamOf(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
