package io.jstorage.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Statistics;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.memory.LruStorage;
import io.jstorage.provider.StorageProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NearStatisticsTest {
  private final Storage<String> far = LruStorage.ofLimit(100);
  private final NearStorage<String> near = NearStorage.builder(far).limit(2).statistics().build();

  private static Statistics of(Storage<?> storage) {
    return storage.unwrap(Statistics.class).orElseThrow();
  }

  @Test
  void aHitIsAnAnswerFromMemoryAndAMissOneFromFar() {
    far.put("a", "1");
    near.get("a");
    assertThat(of(near).hits()).isZero();
    assertThat(of(near).misses()).isEqualTo(1);
    near.get("a");
    near.require("a");
    near.asMap().get("a");
    near.get("a", key -> "never");
    near.contains("a");
    near.asMap().values().forEach(value -> {});
    assertThat(of(near).hits()).isEqualTo(4);
    assertThat(of(near).misses()).isEqualTo(1);
    near.entry("a");
    near.get("nothing");
    assertThat(of(near).hits()).isEqualTo(4);
    assertThat(of(near).misses()).isEqualTo(3);
    assertThat(of(near).entries()).hasValue(1);
  }

  @Test
  void eachKeyOfABatchIsOneOrTheOther() {
    near.putAll(Map.of("a", "1", "b", "1"));
    near.get("a");
    assertThat(near.getAll(List.of("a", "b", "c"))).hasSize(2);
    assertThat(of(near).puts()).isEqualTo(2);
    assertThat(of(near).hits()).isEqualTo(1);
    assertThat(of(near).misses()).isEqualTo(3);
  }

  @Test
  void aRememberedAbsenceIsAnAnswerFromMemory() {
    NearStorage<String> negative =
        NearStorage.builder(far).negative(Duration.ofHours(1)).statistics().build();
    negative.get("nothing");
    negative.get("nothing");
    assertThat(of(negative).misses()).isEqualTo(1);
    assertThat(of(negative).hits()).isEqualTo(1);
  }

  @Test
  void changesLoadsAndEvictionsAreCounted() {
    assertThat(near.get("a", key -> "1")).isEqualTo("1");
    assertThatThrownBy(
            () ->
                near.get(
                    "b",
                    key -> {
                      throw new IllegalStateException(key);
                    }))
        .hasMessage("b");
    near.put("b", "1");
    near.put("c", "1");
    assertThat(near.putIfAbsent("c", "2")).isFalse();
    near.remove("x");
    for (String key : List.of("a", "b", "c")) {
      near.get(key);
    }
    Statistics counted = of(near);
    assertThat(counted.loads()).isEqualTo(2);
    assertThat(counted.loadFailures()).isEqualTo(1);
    assertThat(counted.loadNanos()).isPositive();
    assertThat(counted.puts()).isEqualTo(3);
    assertThat(counted.removals()).isZero();
    assertThat(counted.evictions()).hasValue(1);
    assertThat(counted.expirations()).isEmpty();
    assertThat(counted.entries()).hasValue(2);
    near.remove("a");
    assertThat(of(near).removals()).isEqualTo(1);
    assertThat(far.size()).isEqualTo(2);
  }

  @Test
  void aFailedReadIsNeitherHitNorMiss() {
    far.close();
    assertThatThrownBy(() -> near.get("a")).isInstanceOf(RuntimeException.class);
    assertThat(of(near).hits()).isZero();
    assertThat(of(near).misses()).isZero();
  }

  @Test
  void nothingIsCountedWhereNobodyLooks() {
    assertThat(NearStorage.over(far, 2).unwrap(Statistics.class)).isEmpty();
  }

  @Test
  void anOptionSwitchesItOn() {
    try (Storage<String> opened =
        StorageProvider.load()
            .create(
                "storage.near",
                String.class,
                StorageOptions.of("storage", "lru:", "statistics", true))) {
      opened.get("a");
      assertThat(of(opened).misses()).isEqualTo(1);
    }
  }
}
