package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Durations;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stores are closed while threads are at work on them. */
@Timeout(300)
class FileClosingTest {
  private static final int THREADS = 4;
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path root;

  private Storage<String> open(int kind) {
    return switch (kind) {
      case 0 -> FileStore.at(root).storage(Codecs.text());
      case 1 ->
          FileStore.at(root)
              .suffix(".expiring")
              .expiration(Duration.ofHours(1))
              .storage(Codecs.text());
      default -> DiskLruStore.at(root).limit(5).storage(Codecs.text());
    };
  }

  @Test
  void ofTwoHundredRandomClosesNoneHangsOrLeavesAnythingOpen() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    List<List<Duration>> closings =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try {
      for (int i = 0; i < 200; i++) {
        Storage<String> storage = open(i % 3);
        List<Future<Integer>> workers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          int thread = t;
          workers.add(pool.submit(() -> workUntilClosed(storage, thread)));
        }
        LockSupport.parkNanos(random.nextLong(4_000_000));
        closings.get(i % 3).add(Durations.of(storage::close));
        assertThatThrownBy(() -> storage.get("k")).isInstanceOf(IllegalStateException.class);
        for (Future<Integer> worker : workers) {
          assertThat(worker.get(1, TimeUnit.MINUTES)).isNotNegative();
        }
      }
    } finally {
      pool.shutdown();
      assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
    // But for some that meet a pause of the machine.
    assertThat(closings)
        .allSatisfy(
            ofKind ->
                assertThat(ofKind)
                    .filteredOn(closing -> closing.compareTo(SOON) >= 0)
                    .hasSizeLessThanOrEqualTo(5));
    assertThat(names()).noneMatch(name -> name.endsWith(".tmp"));
    assertThat(OpenFiles.below(root)).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread) && thread.isAlive())
        .filteredOn(thread -> thread.getName().contains("jstorage"))
        .isEmpty();
  }

  /** Ends when the storage says that it is closed; what it was closed under may fail. */
  private static int workUntilClosed(Storage<String> storage, int thread) {
    int done = 0;
    while (true) {
      try {
        work(storage, "k" + thread, done++);
      } catch (StorageException e) {
        assertThat(e)
            .rootCause()
            .satisfiesAnyOf(
                cause -> assertThat(cause).isInstanceOf(ClosedChannelException.class),
                cause -> assertThat(cause).hasMessageEndingWith("the journal is closed"),
                cause ->
                    assertThat(cause).hasMessageContaining("closed while the call waited for"));
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageEndingWith(" is closed");
        return done;
      }
    }
  }

  private static void work(Storage<String> storage, String key, int round) {
    storage.put(key, "v" + round);
    assertThat(storage.get("k" + round % THREADS).orElse("v")).startsWith("v");
    storage.putIfAbsent("other" + round % 7, "v");
    storage.remove(key);
    try (Stream<String> keys = storage.keys()) {
      assertThat(keys.count()).isNotNegative();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
