package io.jstorage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.BatchException;
import io.jstorage.Statistics;
import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Latches;
import io.jstorage.memory.LruStorage;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Storages;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservedStorageTest {
  private final List<String> seen = new ArrayList<>();

  private StorageObserver recorder() {
    return operation -> (outcome, failure) -> seen.add(operation.label() + " " + outcome.label());
  }

  @Test
  void everyOperationIsToldWithItsOutcome() {
    Storage<String> storage = ObservedStorage.of(LruStorage.ofLimit(10), recorder());
    storage.put("a", "1");
    storage.get("a");
    storage.get("x");
    storage.entry("a");
    storage.contains("x");
    storage.putIfAbsent("a", "2");
    storage.remove("a");
    storage.remove("a");
    storage.get("b", key -> "1");
    storage.getAll(List.of("b"));
    storage.putAll(Map.of("c", "1"));
    storage.removeAll(List.of("c"));
    storage.size();
    storage.keys().close();
    storage.purgeExpired();
    storage.clear();
    storage.asMap().get("x");
    assertThat(seen)
        .containsExactly(
            "put done",
            "get hit",
            "get miss",
            "get hit",
            "contains miss",
            "put unchanged",
            "remove done",
            "remove unchanged",
            "get miss",
            "load done",
            "put done",
            "getAll done",
            "putAll done",
            "removeAll done",
            "size done",
            "keys done",
            "purgeExpired done",
            "clear done",
            "get miss");
  }

  @Test
  void filesAreCountedAsWell(@TempDir Path directory) {
    try (ObservedStorage<String> storage =
        ObservedStorage.of(
            StorageProvider.load().open("json:" + directory + "?codec=text", String.class))) {
      storage.put("a", "1");
      storage.get("a");
      storage.get("x");
      storage.getAll(List.of("a", "x", "y"));
      storage.putAll(Map.of("b", "1", "c", "1"));
      storage.remove("a");
      storage.get("d", key -> "1");
      Statistics counted = storage.unwrap(Statistics.class).orElseThrow();
      assertThat(counted.hits()).isEqualTo(2);
      assertThat(counted.misses()).isEqualTo(4);
      assertThat(counted.puts()).isEqualTo(4);
      assertThat(counted.removals()).isEqualTo(1);
      assertThat(counted.loads()).isEqualTo(1);
      assertThat(counted.loadNanos()).isPositive();
      assertThat(counted.evictions()).isEmpty();
      assertThat(counted.entries()).isEmpty();
    }
  }

  @Test
  void evictionsAndEntriesAreCountedByTheStorageBehind() {
    ObservedStorage<String> storage =
        ObservedStorage.of(LruStorage.builder(1).statistics().build());
    storage.put("a", "1");
    storage.put("b", "1");
    assertThat(storage.statistics().evictions()).hasValue(1);
    assertThat(storage.statistics().entries()).hasValue(1);
    storage.close();
    assertThat(storage.statistics().puts()).isEqualTo(2);
    assertThatThrownBy(() -> storage.get("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFailureIsToldAndNeitherHitNorMiss() {
    AtomicBoolean broken = new AtomicBoolean();
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    ObservedStorage<String> storage =
        ObservedStorage.of(
            Storages.of(new Failing(broken), Codecs.text()),
            operation ->
                (outcome, failure) -> {
                  seen.add(operation.label() + " " + outcome.label());
                  if (failure != null) {
                    failures.add(failure);
                  }
                });
    broken.set(true);
    assertThatThrownBy(() -> storage.get("a")).hasMessageContaining("broken");
    assertThatThrownBy(() -> storage.put("a", "1")).hasMessageContaining("broken");
    assertThatThrownBy(() -> storage.getAll(List.of("a", "b"))).isInstanceOf(BatchException.class);
    assertThatThrownBy(() -> storage.putAll(Map.of("a", "1"))).isInstanceOf(BatchException.class);
    assertThat(seen).containsExactly("get failed", "put failed", "getAll failed", "putAll failed");
    assertThat(failures).hasSize(2);
    Statistics counted = storage.statistics();
    assertThat(List.of(counted.hits(), counted.misses(), counted.puts())).containsOnly(0L);
  }

  private static final class Failing implements ByteStore {
    private final AtomicBoolean broken;

    Failing(AtomicBoolean broken) {
      this.broken = broken;
    }

    private void check() throws IOException {
      if (broken.get()) {
        throw new IOException("broken");
      }
    }

    @Override
    public byte @Nullable [] read(String key, Access access) throws IOException {
      check();
      return "v".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean write(String key, byte[] value, WriteOptions options) throws IOException {
      check();
      return true;
    }

    @Override
    public boolean delete(String key, Condition condition) {
      return false;
    }

    @Override
    public Stream<String> keys(String prefix) {
      return Stream.empty();
    }
  }

  @Test
  void anObserverThatThrowsHarmsNothing() {
    Storage<String> first =
        ObservedStorage.of(
            LruStorage.ofLimit(1),
            operation -> {
              throw new AssertionError("of the observer");
            });
    first.put("a", "1");
    assertThat(first.get("a")).contains("1");
    Storage<String> last =
        ObservedStorage.of(
            LruStorage.ofLimit(1),
            operation ->
                (outcome, failure) -> {
                  throw new IllegalStateException("of the observer");
                });
    last.put("a", "1");
    assertThat(last.get("a")).contains("1");
  }

  @Test
  void anObserverThatBlocksHoldsUpNobodyElse() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Storage<String> storage =
        ObservedStorage.of(
            LruStorage.ofLimit(10),
            operation ->
                (outcome, failure) -> {
                  if (operation == StorageOperation.REMOVE) {
                    blocked.countDown();
                    Latches.await(released);
                  }
                });
    Thread slow = new Thread(() -> storage.remove("a"));
    slow.start();
    blocked.await();
    storage.put("a", "1");
    assertThat(storage.get("a")).contains("1");
    released.countDown();
    slow.join();
  }

  @Test
  void capabilitiesAndTextAreThoseOfTheStorageBehind() {
    Storage<String> behind = LruStorage.builder(1).statistics().build();
    assertThat(ObservedStorage.of(behind).unwrap(Integer.class)).isEmpty();
    assertThat(ObservedStorage.of(behind).capabilities()).isEqualTo(behind.capabilities());
    assertThat(ObservedStorage.of(behind)).hasToString(behind.toString());
  }
}
