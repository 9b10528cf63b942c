package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.Statistics;
import io.jstorage.Storage;
import io.jstorage.jvm.Together;
import io.jstorage.provider.StorageProvider;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LruStatisticsTest {
  private final SettableClock clock = new SettableClock();
  private final LruStorage<String> storage =
      LruStorage.builder(2).clock(clock).statistics().build();

  private static Statistics of(Storage<?> storage) {
    return storage.unwrap(Statistics.class).orElseThrow();
  }

  @Test
  void everyReadIsAHitOrAMiss() {
    storage.put("a", "1");
    storage.get("a");
    storage.require("a");
    storage.entry("a");
    storage.asMap().get("a");
    storage.getAll(List.of("a", "x"));
    storage.get("x");
    storage.contains("a");
    storage.asMap().values().forEach(value -> {});
    storage.replace("a", storage.entry("a").orElseThrow().version().orElseThrow(), "2");
    storage.putIfAbsent("a", "3");
    assertThat(of(storage).hits()).isEqualTo(6);
    assertThat(of(storage).misses()).isEqualTo(2);
    assertThat(of(storage).puts()).isEqualTo(2);
    assertThat(of(storage).entries()).hasValue(1);
  }

  @Test
  void aLoadIsOneMissAndOneLoad() {
    assertThat(storage.get("a", key -> "1")).isEqualTo("1");
    assertThat(storage.get("a", key -> "2")).isEqualTo("1");
    assertThatThrownBy(() -> storage.get("b", key -> null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(
            () ->
                storage.get(
                    "b",
                    key -> {
                      throw new IllegalStateException(key);
                    }))
        .hasMessage("b");
    Statistics counted = of(storage);
    assertThat(counted.hits()).isEqualTo(1);
    assertThat(counted.misses()).isEqualTo(3);
    assertThat(counted.loads()).isEqualTo(3);
    assertThat(counted.loadFailures()).isEqualTo(2);
    assertThat(counted.loadNanos()).isPositive();
    assertThat(counted.puts()).isEqualTo(1);
  }

  @Test
  void removalsAreCountedByTheirCause() {
    storage.put("a", "1");
    storage.put("b", "1");
    storage.put("c", "1");
    storage.put("c", "2");
    storage.remove("c");
    storage.remove("c");
    storage.put("d", "1", Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(storage.get("d")).isEmpty();
    storage.clear();
    Statistics counted = of(storage);
    assertThat(counted.evictions()).hasValue(1);
    assertThat(counted.removals()).isEqualTo(2);
    assertThat(counted.expirations()).hasValue(1);
    assertThat(counted.entries()).hasValue(0);
    assertThat(counted.puts()).isEqualTo(5);
    assertThat(counted.misses()).isEqualTo(1);
  }

  @Test
  void clearingCountsByTheCauseWhetherSomebodyListensOrNot() {
    try (LruStorage<String> heard =
        LruStorage.builder(2)
            .clock(clock)
            .statistics()
            .listener((key, value, cause) -> {})
            .build()) {
      for (LruStorage<String> each : List.of(storage, heard)) {
        each.put("a", "1", Duration.ofSeconds(1));
        each.put("b", "1");
        clock.advance(Duration.ofSeconds(1));
        each.clear();
        assertThat(of(each).expirations()).hasValue(1);
        assertThat(of(each).removals()).isEqualTo(1);
      }
    }
  }

  @Test
  void aSnapshotDoesNotChange() {
    Statistics before = of(storage);
    storage.put("a", "1");
    assertThat(before.puts()).isZero();
    assertThat(before.evictions()).isEqualTo(OptionalLong.of(0));
  }

  @Test
  void nothingIsCountedWhereNobodyLooks() {
    assertThat(LruStorage.<String>ofLimit(1).unwrap(Statistics.class)).isEmpty();
  }

  @Test
  void aUrlSwitchesItOn() {
    try (Storage<String> opened =
        StorageProvider.load().open("lru:?limit=5&statistics=true", String.class)) {
      opened.get("a");
      assertThat(of(opened).misses()).isEqualTo(1);
    }
    try (Storage<String> opened =
        StorageProvider.load().open("volatile:?expiration=1m&statistics=true", String.class)) {
      opened.get("a", key -> "1");
      assertThat(of(opened).loads()).isEqualTo(1);
    }
  }

  @Test
  void anotherStorageBehindAVolatileOneIsNotCounted() {
    assertThatThrownBy(() -> VolatileStorage.builder(storage).statistics().build())
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("its own map only");
    assertThatThrownBy(
            () -> VolatileStorage.builder(storage).listener((key, value, cause) -> {}).build())
        .isInstanceOf(InvalidOptionException.class);
  }

  @Test
  void noHitAndNoMissIsLostBetweenThreads() throws Exception {
    LruStorage<String> shared = LruStorage.builder(100).statistics().build();
    shared.putAll(Map.of("0", "v", "1", "v"));
    int threads = 4;
    int rounds = 20_000;
    Together.run(
        threads,
        thread -> {
          for (int i = 0; i < rounds; i++) {
            shared.get(Integer.toString(i & 3));
            shared.put("w" + thread, "v");
          }
        });
    assertThat(of(shared).hits()).isEqualTo((long) threads * rounds / 2);
    assertThat(of(shared).misses()).isEqualTo((long) threads * rounds / 2);
    assertThat(of(shared).puts()).isEqualTo((long) threads * rounds + 2);
  }
}
