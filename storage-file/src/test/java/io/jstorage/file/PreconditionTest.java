package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change on a condition compares large values without holding up other writers. */
class PreconditionTest {
  @TempDir Path root;
  private final SettableClock clock = new SettableClock();

  /** Counts the values that are read with the lock and without. */
  private static final class LockedDisk extends Disk {
    private final AtomicInteger underTheLock = new AtomicInteger();
    private final AtomicInteger outside = new AtomicInteger();
    private boolean locked;

    @Override
    @Nullable FileLock tryLock(FileChannel channel) throws IOException {
      FileLock lock = super.tryLock(channel);
      locked = lock != null;
      return lock;
    }

    @Override
    void unlock(FileLock lock) throws IOException {
      locked = false;
      super.unlock(lock);
    }

    @Override
    byte @Nullable [] read(Path file, long likelyBytes) throws IOException {
      (locked ? underTheLock : outside).incrementAndGet();
      return super.read(file, likelyBytes);
    }

    @Override
    byte[] readAll(InputStream in, Path file) throws IOException {
      (locked ? underTheLock : outside).incrementAndGet();
      return super.readAll(in, file);
    }
  }

  @Test
  void aValueIsReadAndDigestedWithoutTheLock() {
    LockedDisk disk = new LockedDisk();
    try (Storage<String> storage =
        FileStore.at(root).disk(disk).clock(clock).storage(Codecs.text())) {
      storage.put("k", "x".repeat(1_000_000));
      Version version = storage.entry("k").flatMap(Entry::version).orElseThrow();
      disk.outside.set(0);
      assertThat(storage.replace("k", version, "small")).isTrue();
      assertThat(storage.replace("k", version, "smaller")).isFalse();
      version = storage.entry("k").flatMap(Entry::version).orElseThrow();
      assertThat(storage.remove("k", version)).isTrue();
      assertThat(disk.outside).hasValue(4);
      assertThat(disk.underTheLock).hasValue(0);
    }
  }

  @Test
  void aFileOfTheSameSizeAndTimeIsNotTakenForTheComparedOne() {
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> storage =
            FileStore.at(root)
                .durability(Durability.NONE)
                .disk(disk)
                .clock(clock)
                .storage(Codecs.text());
        Storage<String> other =
            FileStore.at(root).durability(Durability.NONE).clock(clock).storage(Codecs.text())) {
      for (int i = 0; i < 200; i++) {
        storage.put("k", "a");
        Version version = storage.entry("k").flatMap(Entry::version).orElseThrow();
        // After the comparison. The second file may get the inode that the first one had.
        disk.hook(
            (call, path) -> {
              if (call.equals("create")) {
                disk.hook((next, ignored) -> {});
                other.put("k", "b");
                other.put("k", "c");
              }
            });
        assertThat(storage.replace("k", version, "d")).isFalse();
        assertThat(storage.get("k")).hasValue("c");
      }
    }
  }

  @Test
  void theSameBytesWrittenAgainAtTheSameTimeHaveTheSameVersion() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    try (Storage<String> storage =
            FileStore.at(root).disk(disk).clock(clock).storage(Codecs.text());
        Storage<String> other = FileStore.at(root).clock(clock).storage(Codecs.text())) {
      storage.put("k", "a");
      Version version = storage.entry("k").flatMap(Entry::version).orElseThrow();
      disk.hook(
          (call, path) -> {
            if (call.equals("create")) {
              disk.hook((next, ignored) -> {});
              other.put("k", "a");
            }
          });
      assertThat(storage.replace("k", version, "b")).isTrue();
      assertThat(OpenFiles.below(root))
          .noneMatch(file -> file.toString().contains("k.storage.json"));
    }
  }

  @Test
  void aStoreThatCannotBeOpenedLeavesItsLockFileClosed() throws IOException {
    for (Throwable failure :
        new Throwable[] {new IllegalStateException("broken"), new OutOfMemoryError("broken")}) {
      Disk disk =
          new Disk() {
            @Override
            @Nullable String fileSystemType(Path directory) {
              if (failure instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) failure;
            }
          };
      assertThatThrownBy(() -> FileStore.at(root).disk(disk).open()).isSameAs(failure);
      assertThat(OpenFiles.below(root)).isEmpty();
    }
  }
}
