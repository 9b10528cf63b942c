package io.jstorage.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.BatchException;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.codec.Codecs;
import io.jstorage.file.FileStore;
import io.jstorage.jvm.Polling;
import io.jstorage.memory.LruStorage;
import io.jstorage.policy.FallbackStorage;
import io.jstorage.policy.PrefixStorage;
import io.jstorage.policy.RefreshStorage;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreException;
import io.jstorage.spi.ForwardingByteStore;
import io.jstorage.spi.Storages;
import io.jstorage.testkit.FaultyByteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over files whose calls fail as planned. */
class ResilientStorageTest {
  private static final Duration MILLI = Duration.ofMillis(1);

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final ResilienceListener listener =
      new ResilienceListener() {
        @Override
        public void retrying(int attempt, StorageUnavailableException failure) {
          told.add("retrying " + attempt);
        }

        @Override
        public void opened() {
          told.add("opened");
        }

        @Override
        public void closed() {
          told.add("closed");
        }
      };

  @TempDir Path directory;

  private FaultyByteStore faulty;

  private Storage<String> behind;

  @BeforeEach
  void open() {
    faulty = FaultyByteStore.around(new OneByOne<>(FileStore.at(directory).open()));
    behind = Storages.of(faulty.store(), Codecs.text());
  }

  @AfterEach
  void close() {
    behind.close();
  }

  private ResilientStorage.Builder<String> builder() {
    return ResilientStorage.builder(behind)
        .pauses(MILLI, MILLI)
        .retryFor(Duration.ofHours(1))
        .listener(listener);
  }

  private static IOException unavailable() {
    return ByteStoreException.unavailable("gone", null);
  }

  @Test
  void aReadThatWasUnavailableIsRepeated() {
    try (ResilientStorage<String> storage = builder().build()) {
      storage.put("k", "v");
      faulty.failBefore("read", 1, unavailable()).failBefore("read", 2, unavailable());
      assertThat(storage.get("k")).contains("v");
      assertThat(told).containsExactly("retrying 1", "retrying 2");
      assertThat(storage.retries()).isEqualTo(2);
    }
  }

  @Test
  void aWriteThatChangedNothingIsRepeated() {
    try (Storage<String> storage = builder().build()) {
      faulty.failBefore("write", 1, unavailable());
      storage.put("k", "v");
      faulty.failBefore("write", 1, unavailable());
      assertThat(storage.putIfAbsent("k", "w")).isFalse();
      faulty.failBefore("delete", 1, unavailable());
      assertThat(storage.remove("k")).isTrue();
      assertThat(told).hasSize(3);
    }
  }

  @Test
  void aWriteOfUnknownOutcomeIsNeverRepeated() {
    try (Storage<String> storage = builder().build()) {
      IOException unknown = ByteStoreException.outcomeUnknown("the connection broke", null);
      faulty.failAfter("write", 1, unknown).failAfter("delete", 1, unknown);
      assertThatThrownBy(() -> storage.putIfAbsent("k", "v"))
          .isInstanceOfSatisfying(
              StorageUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isTrue());
      assertThat(storage.get("k")).contains("v");
      assertThatThrownBy(() -> storage.remove("k")).isInstanceOf(StorageUnavailableException.class);
      assertThat(storage.get("k")).isEmpty();
      assertThat(told).isEmpty();
    }
  }

  @Test
  void otherFailuresAreNotRepeatedAndDoNotOpenTheCircuit() {
    try (ResilientStorage<String> storage = builder().breaker(1, 1, Duration.ofHours(1)).build()) {
      storage.put("k", "v");
      faulty.failBefore("read", 1, new IOException("a directory is in its place"));
      assertThatThrownBy(() -> storage.get("k")).isExactlyInstanceOf(StorageException.class);
      faulty.failBefore("read", 1, ByteStoreException.accessDenied("no", null));
      assertThatThrownBy(() -> storage.get("k")).isInstanceOf(StorageAccessDeniedException.class);
      assertThat(storage.get("k")).contains("v");
      assertThat(told).isEmpty();
      assertThat(storage.isRefusing()).isFalse();
    }
  }

  @Test
  void theLastFailureIsThrownWhenThereWereEnough() {
    try (ResilientStorage<String> storage = builder().retries(2).build()) {
      faulty.breakDown(unavailable());
      assertThatThrownBy(() -> storage.get("k"))
          .isInstanceOf(StorageUnavailableException.class)
          .hasMessageContainingAll("get 'k'", "gone");
      assertThat(told).containsExactly("retrying 1", "retrying 2");
    }
    try (ResilientStorage<String> storage = builder().retries(0).build()) {
      assertThatThrownBy(() -> storage.get("k")).isInstanceOf(StorageUnavailableException.class);
      assertThat(told).hasSize(2);
    }
  }

  @Test
  void ofABatchThoseKeysAreRepeatedThatChangedNothing() {
    try (Storage<String> storage = builder().build()) {
      storage.putAll(Map.of("a", "1", "b", "2", "c", "3"));
      faulty.failBefore("read", 2, unavailable());
      assertThat(storage.getAll(List.of("a", "b", "c"))).hasSize(3);
      faulty
          .failBefore("write", 1, unavailable())
          .failAfter("write", 2, ByteStoreException.outcomeUnknown("broke", null));
      BatchException e =
          catchThrowableOfType(
              BatchException.class, () -> storage.putAll(Map.of("a", "4", "b", "5", "c", "6")));
      assertThat(e.failures()).hasSize(1);
      assertThat(behind.asMap()).isEqualTo(Map.of("a", "4", "b", "5", "c", "6"));
      faulty.failBefore("delete", 3, unavailable());
      storage.removeAll(List.of("a", "b", "c", "absent"));
      assertThat(behind.size()).isZero();
      assertThat(told).hasSize(3);
    }
  }

  @Test
  void aBatchWhoseRepetitionFailsAsAWholeHasThatOutcome() {
    try (Storage<String> storage = builder().build()) {
      faulty
          .failBefore("write", 1, unavailable())
          .failAfter("writeAll", 2, ByteStoreException.outcomeUnknown("broke", null));
      BatchException e =
          catchThrowableOfType(
              BatchException.class, () -> storage.putAll(Map.of("a", "1", "b", "2")));
      assertThat(e.failures()).hasSize(1);
      assertThat(e.failures().values()).allMatch(StorageException::outcomeUnknown);
      assertThat(behind.asMap()).isEqualTo(Map.of("a", "1", "b", "2"));
    }
  }

  /** Fails, or waits for a latch. */
  private static final class Waiting extends ForwardingByteStore {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    volatile boolean fails = true;

    Waiting(ByteStore store) {
      super(store);
    }

    @Override
    public byte @Nullable [] read(String key, Access access) throws IOException {
      if (fails) {
        throw unavailable();
      }
      entered.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return super.read(key, access);
    }
  }

  @Test
  void oneCallFindsOutWhetherTheStorageIsBack() throws Exception {
    Waiting waiting = new Waiting(FileStore.at(directory.resolve("waiting")).open());
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Storage<String> slow = Storages.of(waiting, Codecs.text());
        ResilientStorage<String> storage =
            ResilientStorage.builder(slow).retries(0).breaker(2, 20, MILLI).build()) {
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> storage.get("k")).isInstanceOf(StorageUnavailableException.class);
      }
      waiting.fails = false;
      Future<Optional<String>> first =
          pool.submit(
              () ->
                  Polling.result(
                      StorageUnavailableException.class::isInstance, () -> storage.get("k")));
      waiting.entered.await();
      long refusals = storage.refusals();
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> storage.get("k")).isInstanceOf(StorageUnavailableException.class);
      }
      assertThat(storage.refusals()).isEqualTo(refusals + 5);
      waiting.goOn.countDown();
      assertThat(first.get()).isEmpty();
      assertThat(storage.isRefusing()).isFalse();
      assertThat(storage.get("k")).isEmpty();
    } finally {
      waiting.goOn.countDown();
      pool.shutdownNow();
    }
  }

  @Test
  void listingsAndCountsAreRepeated() {
    try (Storage<String> storage = builder().build()) {
      storage.put("k", "v");
      faulty.failBefore("keys", 1, unavailable());
      assertThat(storage.keys().toList()).containsExactly("k");
      faulty.failBefore("count", 1, unavailable());
      assertThat(storage.size()).isEqualTo(1);
      faulty.failBefore("contains", 1, unavailable());
      assertThat(storage.contains("k")).isTrue();
      faulty.failBefore("clear", 1, unavailable());
      storage.clear();
      assertThat(behind.size()).isZero();
      assertThat(told).hasSize(4);
    }
  }

  @Test
  void aStorageThatKeepsFailingIsNotAskedAnyMore() {
    try (ResilientStorage<String> storage =
        builder().retries(0).breaker(3, 5, Duration.ofHours(1)).build()) {
      faulty.breakDown(unavailable());
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> storage.get("k")).hasMessageContaining("gone");
      }
      assertThat(storage.isRefusing()).isTrue();
      assertThat(told).containsExactly("opened");
      faulty.mend();
      assertThatThrownBy(() -> storage.put("k", "v"))
          .isInstanceOfSatisfying(
              StorageUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse())
          .hasMessageContainingAll("put 'k'", "too many calls failed", "PT");
      assertThatThrownBy(() -> storage.getAll(List.of("a", "b")))
          .isInstanceOf(StorageUnavailableException.class);
      assertThat(behind.size()).isZero();
      assertThat(storage.refusals()).isEqualTo(2);
    }
  }

  @Test
  void whenTheStorageIsBackTheCircuitCloses() {
    try (ResilientStorage<String> storage = builder().retries(0).breaker(2, 2, MILLI).build()) {
      faulty.breakDown(unavailable());
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> storage.get("k")).isInstanceOf(StorageUnavailableException.class);
      }
      faulty.mend();
      assertThat(
              Polling.result(StorageUnavailableException.class::isInstance, () -> storage.get("k")))
          .isEmpty();
      assertThat(storage.isRefusing()).isFalse();
      assertThat(told).startsWith("opened").endsWith("closed");
    }
  }

  @Test
  void closingEndsTheWaitAtOnce() throws InterruptedException {
    CountDownLatch waiting = new CountDownLatch(1);
    ResilienceListener told =
        new ResilienceListener() {
          @Override
          public void retrying(int attempt, StorageUnavailableException failure) {
            waiting.countDown();
          }
        };
    Storage<String> storage =
        builder()
            .pauses(Duration.ofHours(5), Duration.ofHours(5))
            .retryFor(Duration.ofHours(20))
            .listener(told)
            .build();
    faulty.breakDown(unavailable());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller = new Thread(() -> storage.get("k"));
    caller.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
    caller.start();
    assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
    storage.close();
    caller.join(TimeUnit.SECONDS.toMillis(60));
    assertThat(caller.isAlive()).isFalse();
    assertThat(thrown.get()).isInstanceOf(StorageUnavailableException.class);
  }

  @Test
  void anInterruptEndsNoWaitAndIsNotSwallowed() {
    try (Storage<String> storage = builder().build()) {
      storage.put("k", "v");
      faulty.failBefore("read", 1, unavailable()).failBefore("read", 2, unavailable());
      Thread.currentThread().interrupt();
      assertThat(storage.get("k")).contains("v");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aListenerThatThrowsHarmsNothing() {
    ResilienceListener broken =
        new ResilienceListener() {
          @Override
          public void retrying(int attempt, StorageUnavailableException failure) {
            throw new IllegalStateException("broken");
          }
        };
    try (Storage<String> storage = builder().listener(broken).build()) {
      faulty.failBefore("read", 1, unavailable());
      assertThat(storage.get("k")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "retries, -1, not negative",
    "retries, many, a whole number",
    "pause, 0, longer than zero",
    "pause, 2s, longestPause",
    "retryFor, 1ms, retryFor",
    "failures, 21, 'calls'",
    "open, 2d, at most a day",
    "opn, 1s, 'open'",
  })
  void invalidOptionsAreRefused(String option, String value, String message) {
    assertThatThrownBy(
            () ->
                StorageProvider.load()
                    .create(
                        "storage.resilient", StorageOptions.of("storage", "lru:", option, value)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("storage.resilient", message);
  }

  @Test
  void itIsOpenedByUrl() {
    try (Storage<Object> storage =
        StorageProvider.load()
            .open("resilient:?storage=lru:&retries=1&failures=0&pause=1s&longestPause=1s")) {
      storage.put("k", "v");
      assertThat(storage.require("k")).isEqualTo("v");
    }
  }

  @Test
  void itStandsBehindWhatHidesFailures() {
    try (Storage<String> lru = LruStorage.ofLimit(10)) {
      Storage<String> fallback = FallbackStorage.builder(lru).build();
      Storage<String> refresh = RefreshStorage.builder(lru).ahead(MILLI).build();
      Storage<String> prefixed = PrefixStorage.over(ResilientStorage.builder(lru).build(), "p:");
      for (Storage<String> refused : List.of(fallback, refresh, prefixed)) {
        assertThatThrownBy(() -> ResilientStorage.builder(refused).build())
            .isInstanceOf(InvalidOptionException.class)
            .hasMessageContainingAll("storage.resilient", "cannot stand in front of");
      }
      FallbackStorage.builder(ResilientStorage.builder(lru).build()).build().close();
      ResilientStorage.builder(PrefixStorage.over(lru, "p:")).build().close();
    }
  }
}
