package io.jstorage.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.jvm.Latches;
import io.jstorage.jvm.Polling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
class LoadsTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Storage<String> plain = Storages.of(new MapByteStore(), Text.CODEC);
  private final Storage<String> atomic = Storages.of(new AtomicMapByteStore(), Text.CODEC);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void aMissIsLoadedAndStoredAndAHitIsNotLoaded() {
    assertThat(plain.get("k", key -> key + "!")).isEqualTo("k!");
    assertThat(plain.get("k")).contains("k!");
    assertThat(plain.get("k", key -> "never")).isEqualTo("k!");
  }

  @Test
  void callersOfOneKeyShareOneLoad() throws Exception {
    CyclicBarrier start = new CyclicBarrier(16);
    AtomicInteger loads = new AtomicInteger();
    Callable<String> caller =
        () -> {
          start.await();
          return plain.get("k", key -> "load " + loads.incrementAndGet());
        };
    List<Future<String>> results = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      results.add(threads.submit(caller));
    }
    for (Future<String> result : results) {
      assertThat(result.get()).isEqualTo("load 1");
    }
    assertThat(loads).hasValue(1);
  }

  @Test
  void aFailureIsSharedWithThoseWhoWaitAndNotRemembered() throws Exception {
    IllegalStateException failure = new IllegalStateException("no luck");
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch mayFail = new CountDownLatch(1);
    Future<String> first =
        threads.submit(
            () ->
                plain.get(
                    "k",
                    key -> {
                      loading.countDown();
                      Latches.await(mayFail);
                      throw failure;
                    }));
    Latches.await(loading);
    Thread[] waiter = new Thread[1];
    CountDownLatch waiterStarted = new CountDownLatch(1);
    Future<String> second =
        threads.submit(
            () -> {
              waiter[0] = Thread.currentThread();
              waiterStarted.countDown();
              return plain.get("k", key -> "of my own");
            });
    Latches.await(waiterStarted);
    Polling.until("a thread waits", () -> waiter[0].getState() == Thread.State.WAITING);
    mayFail.countDown();
    assertThatThrownBy(first::get).isInstanceOf(ExecutionException.class).cause().isSameAs(failure);
    assertThatThrownBy(second::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isSameAs(failure);
    assertThat(plain.get("k", key -> "now")).isEqualTo("now");
  }

  @Test
  void aLoaderThatReturnsNullFailsAndStoresNothing() {
    assertThatThrownBy(() -> plain.get("k", key -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("'k'");
    assertThat(plain.contains("k")).isFalse();
  }

  @Test
  void aLoaderThatAsksForItsOwnKeyFails() {
    assertThatThrownBy(() -> plain.get("k", key -> plain.get("k", again -> "never")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'k'");
    assertThat(plain.get("other", key -> plain.get("another", again -> "fine"))).isEqualTo("fine");
  }

  @Test
  void loadersThatWaitForEachOtherFailInsteadOfWaitingForEver() throws Exception {
    CyclicBarrier bothLoading = new CyclicBarrier(2);
    Future<String> one = threads.submit(() -> plain.get("a", key -> cross(bothLoading, "b")));
    Future<String> two = threads.submit(() -> plain.get("b", key -> cross(bothLoading, "a")));
    assertThatThrownBy(
            () -> {
              one.get();
              two.get();
            })
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  private String cross(CyclicBarrier barrier, String other) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return plain.get(other, key -> "never");
  }

  @Test
  void waitingForALoaderWhoseOwnWaitIsOverIsNoRecursion() throws Exception {
    for (int round = 0; round < 100; round++) {
      String a = "a" + round;
      String b = "b" + round;
      CountDownLatch loadsB = new CountDownLatch(1);
      CountDownLatch loadsA = new CountDownLatch(1);
      Thread[] loaderOfA = new Thread[1];
      Future<String> one =
          threads.submit(
              () -> {
                Latches.await(loadsB);
                return plain.get(
                    a,
                    key -> {
                      loaderOfA[0] = Thread.currentThread();
                      loadsA.countDown();
                      return "a of " + plain.get(b, k -> "never");
                    });
              });
      plain.get(
          b,
          key -> {
            loadsB.countDown();
            Latches.await(loadsA);
            while (loaderOfA[0].getState() != Thread.State.WAITING) {
              Thread.onSpinWait();
            }
            return "b";
          });
      // The other thread has its answer now, but has hardly woken up to take it.
      assertThat(plain.get(a, key -> "never")).isEqualTo("a of b");
      assertThat(one.get()).isEqualTo("a of b");
    }
  }

  static List<Consumer<Storage<String>>> changes() {
    return List.of(
        storage -> storage.put("k", "fresh"),
        storage -> storage.remove("k"),
        Storage::clear,
        storage -> storage.putAll(Map.of("k", "fresh")),
        storage -> storage.removeAll(List.of("k")),
        storage -> storage.asMap().remove("k"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeDuringALoadKeepsItFromStoring(Consumer<Storage<String>> change) {
    for (Storage<String> storage : List.of(plain, atomic)) {
      String loaded =
          storage.get(
              "k",
              key -> {
                change.accept(storage);
                return "stale";
              });
      assertThat(loaded).isEqualTo("stale");
      assertThat(storage.get("k")).isNotEqualTo(Optional.of("stale"));
    }
  }

  @Test
  void callersAfterAChangeDoNotReceiveAnOlderLoad() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Future<String> old =
        threads.submit(
            () ->
                plain.get(
                    "k",
                    key -> {
                      loading.countDown();
                      Latches.await(mayEnd);
                      return "old";
                    }));
    Latches.await(loading);
    plain.remove("k");
    Future<String> fresh = threads.submit(() -> plain.get("k", key -> "new"));
    mayEnd.countDown();
    assertThat(old.get()).isEqualTo("old");
    assertThat(fresh.get()).isEqualTo("new");
    assertThat(plain.get("k")).contains("new");
  }

  @Test
  void anAtomicStoreReturnsTheValueThatWon() {
    AtomicMapByteStore store = new AtomicMapByteStore();
    Storage<String> mine = Storages.of(store, Text.CODEC);
    Storage<String> another = Storages.of(store, Text.CODEC);
    String value =
        mine.get(
            "k",
            key -> {
              another.put("k", "winner");
              return "loser";
            });
    assertThat(value).isEqualTo("winner");
  }

  @Test
  void loadersOfTwoStoragesThatWaitForEachOtherFailInsteadOfWaitingForEver() throws Exception {
    CyclicBarrier bothLoading = new CyclicBarrier(2);
    Future<String> one = threads.submit(() -> atomic.get("k", key -> cross(bothLoading, "k")));
    Future<String> two =
        threads.submit(
            () ->
                plain.get(
                    "k",
                    key -> {
                      cross(bothLoading, "other");
                      return atomic.get("k", again -> "never");
                    }));
    assertThatThrownBy(
            () -> {
              one.get();
              two.get();
            })
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  /** Shows on machines with three processors or more, where futures run in the common pool. */
  @Test
  void aThreadOfThePoolThatWaitsForALoadDoesNotRunWhatAsksForTheKeyThatItLoads() throws Exception {
    CountDownLatch loadsB = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Future<String> b =
        threads.submit(
            () ->
                plain.get(
                    "b",
                    key -> {
                      loadsB.countDown();
                      Latches.await(mayEnd);
                      return "b";
                    }));
    Latches.await(loadsB);
    List<Future<String>> others = new ArrayList<>();
    String a =
        CompletableFuture.supplyAsync(
                () ->
                    plain.get(
                        "a",
                        key -> {
                          for (int i = 0; i < 1000; i++) {
                            others.add(
                                CompletableFuture.supplyAsync(() -> plain.get("a", k -> "a")));
                          }
                          CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, threads)
                              .execute(mayEnd::countDown);
                          return "a of " + plain.get("b", k -> "never");
                        }))
            .get();
    assertThat(a).isEqualTo("a of b");
    for (Future<String> other : others) {
      assertThat(other.get()).isEqualTo("a of b");
    }
    assertThat(b.get()).isEqualTo("b");
  }

  static List<Consumer<Storage<String>>> writers() {
    return List.of(
        storage -> storage.put("a", "fresh"),
        storage -> storage.remove("a"),
        Storage::clear,
        storage -> storage.putAll(Map.of("a", "fresh")),
        storage -> storage.removeAll(List.of("a")));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void aWriteOfUnknownOutcomeKeepsALoadThatBeganMeanwhileFromStoring(
      Consumer<Storage<String>> write) throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch failed = new CountDownLatch(1);
    MapByteStore store =
        new MapByteStore() {
          @Override
          public boolean write(String key, byte[] value, WriteOptions options) throws IOException {
            if (failed.getCount() > 0) {
              breakDown();
            }
            return super.write(key, value, options);
          }

          @Override
          public boolean delete(String key, Condition condition) throws IOException {
            throw breakDown();
          }

          private IOException breakDown() throws IOException {
            writing.countDown();
            Latches.await(loading);
            throw ByteStoreException.outcomeUnknown("the connection broke", null);
          }
        };
    store.bytes.put("another", new byte[0]);
    Storage<String> storage = Storages.of(store, Text.CODEC);
    Future<?> failing = threads.submit(() -> write.accept(storage));
    Latches.await(writing);
    Future<String> load =
        threads.submit(
            () ->
                storage.get(
                    "a",
                    key -> {
                      loading.countDown();
                      Latches.await(failed);
                      return "stale";
                    }));
    assertThatThrownBy(failing::get).hasCauseInstanceOf(StorageException.class);
    failed.countDown();
    assertThat(load.get()).isEqualTo("stale");
    assertThat(store.bytes).doesNotContainKey("a");
  }

  @Test
  void aLoadThatBeginsDuringAPutAndEndsBeforeItDoesNotOverwriteIt() throws Exception {
    assertLoadBornBeside(storage -> storage.put("a", "fresh"), Optional.of("fresh"));
    assertLoadBornBeside(storage -> storage.putAll(Map.of("a", "fresh")), Optional.of("fresh"));
  }

  @Test
  void aLoadThatBeginsDuringARemovalOrAClearIsNotStored() throws Exception {
    assertLoadBornBeside(storage -> storage.remove("a"), Optional.empty());
    assertLoadBornBeside(storage -> storage.removeAll(List.of("a")), Optional.empty());
    assertLoadBornBeside(Storage::clear, Optional.empty());
  }

  /** A whole load runs while a change is in flight that has happened, but not ended yet. */
  private void assertLoadBornBeside(Consumer<Storage<String>> change, Optional<String> after)
      throws Exception {
    CountDownLatch happened = new CountDownLatch(1);
    CountDownLatch loaded = new CountDownLatch(1);
    AtomicInteger reads = new AtomicInteger();
    MapByteStore store =
        new MapByteStore() {
          @Override
          public byte @Nullable [] read(String key, Access access) throws IOException {
            // The load looks before the change happens, as far as it can see.
            return reads.incrementAndGet() <= 2 ? null : super.read(key, access);
          }

          @Override
          public boolean write(String key, byte[] value, WriteOptions options) throws IOException {
            super.write(key, value, options);
            return waitForLoad(true);
          }

          @Override
          public boolean delete(String key, Condition condition) throws IOException {
            return waitForLoad(super.delete(key, condition));
          }

          @Override
          public void clear() {
            bytes.clear();
            waitForLoad(true);
          }

          private boolean waitForLoad(boolean result) {
            if (happened.getCount() > 0) {
              happened.countDown();
              Latches.await(loaded);
            }
            return result;
          }
        };
    Storage<String> storage = Storages.of(store, Text.CODEC);
    Future<?> changing = threads.submit(() -> change.accept(storage));
    Latches.await(happened);
    Future<String> load = threads.submit(() -> storage.get("a", key -> "stale"));
    assertThat(load.get()).isEqualTo("stale");
    loaded.countDown();
    changing.get();
    assertThat(storage.get("a")).isEqualTo(after);
  }

  @Test
  void aLoaderMayThrowACheckedException() {
    IOException failure = new IOException("the source is down");
    assertThatThrownBy(
            () ->
                plain.get(
                    "k",
                    key -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(plain.get("k")).isEmpty();
  }

  @Test
  void aLoadThatEndsInAClosedStorageDoesNotReachTheStore() {
    MapByteStore store = new MapByteStore();
    Storage<String> storage = Storages.of(store, Text.CODEC);
    assertThat(storage.capabilities()).isEmpty();
    assertThatThrownBy(
            () ->
                storage.get(
                    "k",
                    key -> {
                      storage.close();
                      return "v";
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(store.bytes).isEmpty();
  }
}
