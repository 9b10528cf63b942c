package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a file system that does not find a file for a moment while it is replaced, no read misses. */
@Timeout(300)
class ReplacingInTwoStepsTest {
  private static final String LONG_KEY = "K".repeat(300);

  @TempDir Path root;
  private final ExecutorService pool = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  /** How a look at a file goes wrong while it is replaced. */
  private enum Gap {
    /** The name is not found. */
    NO_NAME,
    /** It is found, and opening it fails. */
    NO_FILE,
    /** A handle that was cached is of the former file. */
    STALE
  }

  /** A disk that shows a gap while it renames, at least until somebody has looked into it. */
  private static final class GappedDisk extends Disk {
    private final Gap gap;
    private final AtomicReference<@Nullable Path> replaced = new AtomicReference<>();
    private volatile CountDownLatch seen = new CountDownLatch(0);
    private volatile CountDownLatch gapOpen = new CountDownLatch(1);

    GappedDisk(Gap gap) {
      this.gap = gap;
    }

    /** Lets the next rename wait until its gap has been seen. */
    void arm() {
      gapOpen = new CountDownLatch(1);
      seen = new CountDownLatch(1);
    }

    void awaitGap() throws InterruptedException {
      gapOpen.await();
    }

    @Override
    @Nullable String fileSystemType(Path directory) {
      return "fuse.bindfs";
    }

    @Override
    void rename(Path from, Path to) throws IOException {
      if (Files.exists(to) && seen.getCount() > 0) {
        replaced.set(to);
        gapOpen.countDown();
        try {
          seen.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        } finally {
          replaced.set(null);
        }
      }
      super.rename(from, to);
    }

    private boolean isInGap(Path file, boolean lookup) throws FileSystemException {
      if (!file.equals(replaced.get()) || (gap == Gap.NO_FILE && lookup)) {
        return false;
      }
      seen.countDown();
      if (gap == Gap.STALE) {
        throw new FileSystemException(file.toString(), null, "Stale file handle");
      }
      return true;
    }

    @Override
    @Nullable BasicFileAttributes attributes(Path file) throws IOException {
      return isInGap(file, true) ? null : super.attributes(file);
    }

    @Override
    byte @Nullable [] read(Path file, long likelyBytes) throws IOException {
      return isInGap(file, false) ? null : super.read(file, likelyBytes);
    }

    @Override
    @Nullable InputStream open(Path file) throws IOException {
      return isInGap(file, false) ? null : super.open(file);
    }
  }

  /** An operation that runs while the entry is replaced, and has to find it. */
  private enum Access {
    GET {
      @Override
      boolean finds(Storage<String> storage, String key) {
        return storage.get(key).isPresent();
      }
    },
    REQUIRE {
      @Override
      boolean finds(Storage<String> storage, String key) {
        return !storage.require(key).isEmpty();
      }
    },
    ENTRY {
      @Override
      boolean finds(Storage<String> storage, String key) {
        return storage.entry(key).isPresent();
      }
    },
    CONTAINS {
      @Override
      boolean finds(Storage<String> storage, String key) {
        return storage.contains(key);
      }
    },
    STREAM {
      @Override
      boolean finds(Storage<String> storage, String key) throws IOException {
        try (InputStream in =
            storage.streams().orElseThrow().read(key).orElse(InputStream.nullInputStream())) {
          return in.read() >= 0;
        }
      }
    },
    KEYS {
      @Override
      boolean finds(Storage<String> storage, String key) {
        try (Stream<String> keys = storage.keys()) {
          return keys.toList().equals(List.of(key));
        }
      }
    },
    REMOVE {
      @Override
      boolean finds(Storage<String> storage, String key) {
        return storage.remove(key);
      }
    },
    PUT_IF_ABSENT {
      @Override
      boolean finds(Storage<String> storage, String key) {
        return !storage.putIfAbsent(key, "never");
      }
    };

    abstract boolean finds(Storage<String> storage, String key) throws IOException;

    /** Whether it looks at the entry without the lock. */
    boolean looksIntoTheGap() {
      return compareTo(STREAM) <= 0;
    }
  }

  @ParameterizedTest
  @EnumSource(Gap.class)
  void aKeyThatExistsIsFoundByEveryAccess(Gap gap) throws Exception {
    for (boolean expiring : new boolean[] {false, true}) {
      for (Access access : Access.values()) {
        for (String key : List.of("k", LONG_KEY)) {
          GappedDisk disk = new GappedDisk(gap);
          FileStore.Builder builder =
              FileStore.at(Files.createTempDirectory(root, "d"))
                  .durability(Durability.NONE)
                  .disk(disk);
          try (Storage<String> storage =
              (expiring ? builder.expiration(Duration.ofHours(1)) : builder)
                  .storage(Codecs.text())) {
            storage.put(key, "old");
            if (access.looksIntoTheGap() && !(access == Access.CONTAINS && gap == Gap.NO_FILE)) {
              disk.arm();
              Future<?> put = pool.submit(() -> storage.put(key, "new"));
              disk.awaitGap();
              assertThat(access.finds(storage, key)).as("%s, %s", gap, access).isTrue();
              put.get();
            } else {
              assertThat(access.finds(storage, key)).as("%s, %s", gap, access).isTrue();
            }
          }
        }
      }
    }
  }

  /** A disk of which a name that is looked up without the lock is never found at the first look. */
  private static final class ForgetfulDisk extends Disk {
    private final Path file;
    private volatile boolean forgets;
    private volatile boolean locked;

    ForgetfulDisk(Path file) {
      this.file = file;
    }

    @Override
    @Nullable String fileSystemType(Path directory) {
      return "fuse.mergerfs";
    }

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
    @Nullable BasicFileAttributes attributes(Path path) throws IOException {
      return forgets && !locked && path.equals(file) ? null : super.attributes(path);
    }
  }

  @Test
  void changesDependOnLooksUnderTheLock() {
    Path file = root.resolve("k.storage.json");
    ForgetfulDisk disk = new ForgetfulDisk(file);
    try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
      storage.put("k", "v");
      Version version = storage.entry("k").flatMap(Entry::version).orElseThrow();
      disk.forgets = true;
      assertThat(storage.putIfAbsent("k", "w")).isFalse();
      assertThat(storage.replace("k", version, "w")).isTrue();
      assertThat(storage.get("k")).hasValue("w");
      assertThat(storage.remove("k")).isTrue();
      assertThat(storage.remove("k")).isFalse();
      assertThat(storage.putIfAbsent("k", "x")).isTrue();
      storage.clear();
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void aMissIsStillOneAndAFailureThatStaysIsReported() {
    List<String> failing = new ArrayList<>();
    Disk disk =
        new Disk() {
          @Override
          @Nullable String fileSystemType(Path directory) {
            return "fuse.sshfs";
          }

          @Override
          byte @Nullable [] read(Path file, long likelyBytes) throws IOException {
            if (!failing.isEmpty()) {
              throw new FileSystemException(file.toString(), null, failing.get(0));
            }
            return super.read(file, likelyBytes);
          }
        };
    try (Storage<String> storage = FileStore.at(root).disk(disk).storage(Codecs.text())) {
      assertThat(storage.get("k")).isEmpty();
      assertThat(storage.contains("k")).isFalse();
      assertThat(storage.entry("k")).isEmpty();
      assertThat(storage.remove("k")).isFalse();
      storage.put("k", "v");
      failing.add("Input/output error");
      assertThatThrownBy(() -> storage.get("k")).hasMessageContaining("Input/output error");
    }
  }
}
