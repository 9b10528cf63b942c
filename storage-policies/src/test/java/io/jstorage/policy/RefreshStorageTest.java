package io.jstorage.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.file.FileStore;
import io.jstorage.memory.LruStorage;
import io.jstorage.memory.VolatileStorage;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshStorageTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECONDS = Duration.ofSeconds(10);

  private final SettableClock clock = new SettableClock();
  private final ManualExecutor executor = new ManualExecutor();
  private final AtomicInteger loads = new AtomicInteger();
  private final List<String> told = new ArrayList<>();

  @TempDir Path directory;

  private final RefreshListener listener =
      new RefreshListener() {
        @Override
        public void failed(String key, Throwable failure) {
          told.add(key + " failed: " + failure.getMessage());
        }

        @Override
        public void reloaded(String key, boolean stored) {
          told.add(key + (stored ? " stored" : " not stored"));
        }
      };

  private Storage<String> lru() {
    return LruStorage.builder(100).clock(clock).expiration(MINUTE).build();
  }

  private RefreshStorage.Builder<String> refresh(Storage<String> behind) {
    return RefreshStorage.builder(behind).clock(clock).executor(executor).listener(listener);
  }

  private String load(String key) {
    return key + loads.incrementAndGet();
  }

  @Test
  void anEntryNearItsDeadlineIsServedAndLoadedAnewOnce() {
    try (RefreshStorage<String> storage = refresh(lru()).ahead(SECONDS).owned().build()) {
      assertThat(storage.get("k", this::load)).isEqualTo("k1");
      clock.advance(MINUTE.minus(SECONDS).minusNanos(1));
      assertThat(storage.get("k", this::load)).isEqualTo("k1");
      assertThat(executor.waiting()).isZero();
      clock.advance(Duration.ofNanos(1));
      for (int i = 0; i < 5; i++) {
        assertThat(storage.get("k", this::load)).isEqualTo("k1");
      }
      assertThat(executor.waiting()).isEqualTo(1);
      assertThat(loads).hasValue(1);
      executor.runAll();
      assertThat(storage.get("k", this::load)).isEqualTo("k2");
      clock.advance(MINUTE.minus(SECONDS).minusNanos(1));
      assertThat(storage.get("k", this::load)).isEqualTo("k2");
      assertThat(executor.waiting()).isZero();
      assertThat(told).containsExactly("k stored");
      assertThat(storage.reloads()).isEqualTo(1);
    }
  }

  @Test
  void anEntryPastItsDeadlineIsLoadedWhileTheCallerWaits() {
    try (Storage<String> storage = refresh(lru()).ahead(SECONDS).owned().build()) {
      storage.get("k", this::load);
      clock.advance(MINUTE);
      assertThat(storage.get("k")).isEmpty();
      assertThat(storage.get("k", this::load)).isEqualTo("k2");
      assertThat(executor.waiting()).isZero();
    }
  }

  @Test
  void theAgeDecidesOverWriteTimes() {
    try (Storage<String> files = FileStore.at(directory).clock(clock).storage(Codecs.text());
        Storage<String> storage = refresh(files).after(MINUTE).build()) {
      storage.put("k", "old");
      clock.advance(MINUTE.minusMillis(1));
      storage.get("k", this::load);
      assertThat(executor.waiting()).isZero();
      clock.advance(Duration.ofMillis(1));
      assertThat(storage.get("k", this::load)).isEqualTo("old");
      executor.runAll();
      assertThat(files.get("k")).contains("k1");
    }
  }

  @Test
  void itStandsBeforeAnExpirationOverFiles() {
    try (Storage<String> files = FileStore.at(directory).clock(clock).storage(Codecs.text());
        Storage<String> volatiles =
            VolatileStorage.builder(files).expiration(MINUTE).clock(clock).build();
        Storage<String> storage = refresh(volatiles).after(SECONDS).build()) {
      storage.get("k", this::load);
      clock.advance(SECONDS);
      storage.get("k", this::load);
      executor.runAll();
      clock.advance(MINUTE.minusMillis(1));
      assertThat(storage.get("k")).contains("k2");
      clock.advance(Duration.ofMillis(1));
      assertThat(storage.get("k")).isEmpty();
    }
  }

  @Test
  void aReloadThatFailsKeepsTheOldValueUntilItsDeadlineAndIsNotTriedAtOnce() {
    try (RefreshStorage<String> storage = refresh(lru()).ahead(SECONDS).owned().build()) {
      storage.get("k", this::load);
      clock.advance(MINUTE.minus(SECONDS));
      assertThat(storage.get("k", RefreshStorageTest::fail)).isEqualTo("k1");
      executor.runAll();
      assertThat(told).containsExactly("k failed: database gone");
      assertThat(storage.failedReloads()).isEqualTo(1);
      assertThat(storage.get("k", RefreshStorageTest::fail)).isEqualTo("k1");
      assertThat(executor.waiting()).isZero();
      clock.advance(Duration.ofSeconds(1));
      assertThat(storage.get("k", this::load)).isEqualTo("k1");
      executor.runAll();
      assertThat(storage.get("k")).contains("k2");
    } catch (IOException e) {
      throw new AssertionError("a loader failed in the caller's thread", e);
    }
  }

  @SuppressWarnings("unused")
  private static String fail(String key) throws IOException {
    throw new IOException("database gone");
  }

  @Test
  void aWriteOrARemovalDuringAReloadKeepsItsValueOut() {
    try (Storage<String> lru = lru();
        Storage<String> storage = refresh(lru).ahead(SECONDS).build()) {
      List<Runnable> changes =
          List.of(
              () -> storage.put("k", "put"),
              () -> storage.remove("k"),
              storage::clear,
              () -> lru.put("k", "put by others"),
              () -> lru.remove("k"));
      for (Runnable change : changes) {
        storage.put("k", "old");
        clock.advance(MINUTE.minus(SECONDS));
        storage.get(
            "k",
            key -> {
              change.run();
              return "reloaded";
            });
        executor.runAll();
        assertThat(storage.get("k")).isNotEqualTo(Optional.of("reloaded"));
        clock.advance(MINUTE);
      }
      assertThat(told).hasSize(5).containsOnly("k not stored");
    }
  }

  @Test
  void anEntryThatExpiresDuringItsReloadIsStoredAnyway() {
    try (Storage<String> storage = refresh(lru()).ahead(SECONDS).owned().build()) {
      storage.put("k", "old");
      clock.advance(MINUTE.minus(SECONDS));
      storage.get(
          "k",
          key -> {
            clock.advance(SECONDS);
            return "new";
          });
      executor.runAll();
      assertThat(storage.get("k")).contains("new");
    }
  }

  @Test
  void aMissDuringAReloadWaitsForIt() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (Storage<String> storage =
        RefreshStorage.builder(lru()).ahead(SECONDS).clock(clock).owned().build()) {
      storage.put("k", "old");
      clock.advance(MINUTE.minus(SECONDS));
      storage.get(
          "k",
          key -> {
            loading.countDown();
            go.await();
            return "new";
          });
      assertThat(loading.await(60, TimeUnit.SECONDS)).isTrue();
      clock.advance(SECONDS);
      Thread waiting = new Thread(go::countDown);
      waiting.start();
      assertThat(storage.get("k", key -> "loaded twice")).isEqualTo("new");
      waiting.join();
    }
  }

  @Test
  void anExecutorThatTakesNoTaskIsReported() {
    try (Storage<String> storage = refresh(lru()).ahead(SECONDS).owned().build()) {
      storage.get("k", this::load);
      clock.advance(MINUTE.minus(SECONDS));
      executor.rejecting = true;
      assertThat(storage.get("k", this::load)).isEqualTo("k1");
      assertThat(told).containsExactly("k failed: full");
    }
  }

  @Test
  void anExecutorMayRunTasksAtOnce() {
    try (Storage<String> storage =
        refresh(lru()).ahead(SECONDS).executor(Runnable::run).owned().build()) {
      storage.get("k", this::load);
      clock.advance(MINUTE.minus(SECONDS));
      assertThat(storage.get("k", this::load)).isEqualTo("k1");
      assertThat(storage.get("k")).contains("k2");
    }
  }

  @Test
  void afterClosingNothingIsStoredOrReported() {
    try (Storage<String> lru = lru()) {
      Storage<String> storage = refresh(lru).ahead(SECONDS).build();
      storage.get("k", this::load);
      clock.advance(MINUTE.minus(SECONDS));
      storage.get("k", this::load);
      storage.close();
      executor.runAll();
      assertThat(lru.get("k")).contains("k1");
      assertThat(loads).hasValue(1);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void itsThreadsAreDaemonsAndEndWithIt() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    CountDownLatch ran = new CountDownLatch(1);
    try (Storage<String> storage =
        RefreshStorage.builder(lru()).ahead(SECONDS).clock(clock).owned().build()) {
      storage.put("k", "v");
      clock.advance(MINUTE.minus(SECONDS));
      storage.get(
          "k",
          key -> {
            threads.add(Thread.currentThread());
            ran.countDown();
            return "w";
          });
      assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(threads.get(0).isDaemon()).isTrue();
    }
    threads.get(0).join(TimeUnit.SECONDS.toMillis(60));
    assertThat(threads.get(0).isAlive()).isFalse();
  }

  @Test
  void aStorageWithoutTheTimesThatItNeedsIsRefused() {
    try (Storage<String> lru = lru();
        Storage<String> files = FileStore.at(directory).storage(Codecs.text())) {
      assertThatThrownBy(() -> refresh(lru).build())
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContainingAll("'ahead'", "'after'");
      assertThatThrownBy(() -> refresh(lru).after(MINUTE).build())
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContainingAll("WRITE_TIME", "'ahead'");
      assertThatThrownBy(() -> refresh(files).ahead(MINUTE).build())
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContainingAll("EXPIRY", "'after'");
      assertThatThrownBy(() -> refresh(lru).ahead(Duration.ZERO))
          .isInstanceOf(InvalidOptionException.class);
    }
  }

  @Test
  void aFallbackInFrontPassesTheLoaderOn() {
    try (Storage<String> storage =
        FallbackStorage.builder(refresh(lru()).ahead(SECONDS).owned().build()).owned().build()) {
      storage.get("k", this::load);
      clock.advance(MINUTE.minus(SECONDS));
      assertThat(storage.get("k", this::load)).isEqualTo("k1");
      executor.runAll();
      assertThat(storage.get("k")).contains("k2");
    }
  }
}
