package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.BatchException;
import io.jstorage.Storage;
import io.jstorage.StorageUnavailableException;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Durations;
import io.jstorage.jvm.Polling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Another process was stopped (SIGSTOP) while it held the lock of a directory. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no process is stopped by a signal")
@Timeout(300)
class StoppedProcessTest {
  @TempDir Path root;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private Path directory;
  private ChildJvm child;

  @BeforeEach
  void stopAProcess() throws Exception {
    directory = Files.createDirectory(root.resolve("stopped"));
    try (Storage<String> storage = FileStore.at(directory).storage(Codecs.text())) {
      storage.put("k", "old");
    }
    child = ChildJvm.start(FileProcessesTest.LockHolder.class, directory);
    assertThat(child.hear()).isEqualTo("locked");
    child.stop();
  }

  @AfterEach
  void killIt() {
    child.close();
    pool.shutdownNow();
  }

  private Storage<String> open(Duration timeout) {
    return FileStore.at(directory).timeout(timeout).storage(Codecs.text());
  }

  @Test
  void aWriteFailsAfterItsTimeOutAndChangesNothing() throws Exception {
    try (Storage<String> storage = open(Duration.ofMillis(100))) {
      assertThatThrownBy(() -> storage.put("k", "new"))
          .isInstanceOfSatisfying(
              StorageUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse())
          .hasMessageContaining("held by another process")
          .hasMessageContaining("PT0.1S");
      assertThatThrownBy(() -> storage.putIfAbsent("other", "new"))
          .isInstanceOf(StorageUnavailableException.class);
      assertThatThrownBy(() -> storage.remove("k")).isInstanceOf(StorageUnavailableException.class);
      assertThat(storage.get("k")).hasValue("old");
      assertThat(names()).containsExactlyInAnyOrder("k.storage.json");
      child.goOn();
      child.kill();
      storage.put("k", "new");
      assertThat(storage.get("k")).hasValue("new");
    }
  }

  @Test
  void aBatchAndAClearWaitForOneTimeOutOnly() throws Exception {
    Duration timeout = Duration.ofSeconds(1);
    Map<String, String> values =
        IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "new"));
    try (Storage<String> storage = open(timeout)) {
      long start = System.nanoTime();
      BatchException put = catchThrowableOfType(BatchException.class, () -> storage.putAll(values));
      assertThat(put.failures().keySet()).isEqualTo(values.keySet());
      BatchException removed =
          catchThrowableOfType(BatchException.class, () -> storage.removeAll(values.keySet()));
      assertThat(removed.failures().keySet()).isEqualTo(values.keySet());
      assertThatThrownBy(storage::clear).isInstanceOf(StorageUnavailableException.class);
      // A wait for each turn of 32 would be more than 60 seconds.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(50));
      assertThat(names()).containsExactlyInAnyOrder("k.storage.json");
    }
  }

  @Test
  void closingEndsAndMakesWaitingCallsFail() throws Exception {
    Storage<String> storage = open(Duration.ofHours(1));
    Future<?> put = pool.submit(() -> storage.put("k", "new"));
    Future<?> second = pool.submit(() -> storage.put("k", "new"));
    awaitTemporaryFiles(2);
    assertThat(Durations.of(storage::close)).isLessThan(Duration.ofSeconds(20));
    for (Future<?> call : new Future<?>[] {put, second}) {
      assertThatThrownBy(call::get)
          .cause()
          .isInstanceOfSatisfying(
              StorageUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse());
    }
    assertThat(names()).containsExactlyInAnyOrder("k.storage.json");
    assertThat(OpenFiles.below(directory)).isEmpty();
  }

  @Test
  void otherDirectoriesOpenAndCloseMeanwhile() throws Exception {
    Storage<String> storage = open(Duration.ofHours(1));
    Future<?> put = pool.submit(() -> storage.put("k", "new"));
    awaitTemporaryFiles(1);
    Future<?> closing = pool.submit(storage::close);
    for (int i = 0; i < 20; i++) {
      try (Storage<String> other = FileStore.at(root.resolve("other" + i)).storage(Codecs.text())) {
        other.put("k", "v");
      }
      try (Storage<String> same = open(Duration.ofHours(1))) {
        assertThat(same.get("k")).hasValue("old");
      }
    }
    closing.get();
    assertThatThrownBy(put::get).cause().isInstanceOf(StorageUnavailableException.class);
  }

  @Test
  @SuppressWarnings("try") // The closing is what is tried.
  void aDiskLruIsReadAndClosedToo() throws Exception {
    Path shared = Files.createDirectory(root.resolve("lru"));
    try (Storage<String> storage = DiskLruStore.at(shared).storage(Codecs.text())) {
      storage.put("k", "v");
      try (ChildJvm holder = ChildJvm.start(FileProcessesTest.LockHolder.class, shared)) {
        assertThat(holder.hear()).isEqualTo("locked");
        holder.stop();
        // Its next access can only be recorded under the lock.
        Files.delete(shared.resolve(".jstorage-order.storage.lru"));
        for (int i = 0; i < 5; i++) {
          assertThat(storage.get("k")).hasValue("v");
        }
        assertThat(Durations.of(storage::close)).isLessThan(Duration.ofSeconds(20));
      }
    }
  }

  @Test
  void aDiskLruThatCannotOpenItsJournalSaysSo() throws IOException {
    assertThatThrownBy(() -> DiskLruStore.at(directory).timeout(Duration.ofMillis(100)).open())
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("held by another process");
    assertThat(OpenFiles.below(directory)).isEmpty();
  }

  private void awaitTemporaryFiles(int count) {
    Polling.until(
        "there are %d temporary files".formatted(count),
        () -> names().stream().filter(name -> name.endsWith(".tmp")).count() >= count);
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !LockFiles.isOne(name))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
