package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Capability;
import io.jstorage.InvalidKeyException;
import io.jstorage.Statistics;
import io.jstorage.Storage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link Statistics}, where a storage counts: what each call adds to which figure. */
interface StatisticsContract extends StorageFixture {
  private static Statistics of(Storage<?> storage) {
    return Assume.given(storage.unwrap(Statistics.class), "statistics");
  }

  private static long reads(Storage<?> storage) {
    Statistics counted = of(storage);
    return counted.hits() + counted.misses();
  }

  @Test
  @Promise(
      value =
          "Each get, require and entry and each key of getAll is one hit or one miss; "
              + "contains, listings and writes are neither.",
      lookAt = {"Store.unwrap", "Store.read", "Store.readAll"})
  default void everyReadIsOneHitOrOneMiss() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    long before = reads(storage);
    assertThat(storage.get("k")).contains("v");
    assertThat(storage.require("k")).isEqualTo("v");
    assertThat(storage.entry("k")).isPresent();
    assertThat(storage.asMap().get("k")).isEqualTo("v");
    assertThat(storage.getAll(List.of("k", "x"))).hasSize(1);
    assertThat(storage.get("x")).isEmpty();
    assertThat(reads(storage) - before).isEqualTo(7);
    assertThat(of(storage).misses()).isGreaterThanOrEqualTo(1);
    assertThat(of(storage).hits()).isGreaterThanOrEqualTo(1);
    storage.contains("k");
    storage.contains("x");
    storage.size();
    storage.asMap().forEach((key, value) -> {});
    storage.put("k", "w");
    storage.remove("k");
    assertThat(reads(storage) - before).isEqualTo(7);
  }

  @Test
  @Promise(
      value = "A read whose key is refused is neither a hit nor a miss.",
      lookAt = {"AbstractStorage.lookup", "Store.read"})
  default void aReadThatIsRefusedIsNotCounted() {
    Storage<String> storage = storage();
    long before = reads(storage);
    assertThat(catchThrowable(() -> storage.get(""))).isInstanceOf(InvalidKeyException.class);
    assertThat(catchThrowable(() -> storage.require(""))).isInstanceOf(InvalidKeyException.class);
    assertThat(catchThrowable(() -> storage.entry(""))).isInstanceOf(InvalidKeyException.class);
    assertThat(reads(storage)).isEqualTo(before);
  }

  @Test
  @Promise(
      value =
          "A get with a loader is one hit or one miss; each run of a loader is a load, and a "
              + "failure if it returns no value.",
      lookAt = {"Store.unwrap for LoadCounter", "AbstractStorage.load"})
  default void aLoadIsCountedOnceWithItsRead() {
    Storage<String> storage = storage();
    assertThat(of(storage).loads()).isEqualTo(0);
    assertThat(storage.get("k", key -> "v")).isEqualTo("v");
    assertThat(reads(storage)).isEqualTo(1);
    assertThat(of(storage).misses()).isEqualTo(1);
    assertThat(of(storage).puts()).isEqualTo(1);
    assertThat(storage.get("k", key -> "never")).isEqualTo("v");
    assertThat(
            catchThrowable(
                () ->
                    storage.get(
                        "x",
                        key -> {
                          throw new IllegalStateException("own");
                        })))
        .hasMessage("own");
    Statistics counted = of(storage);
    assertThat(reads(storage)).isEqualTo(3);
    assertThat(counted.loads()).isEqualTo(2);
    assertThat(counted.loadFailures()).isEqualTo(1);
    assertThat(counted.loadNanos()).isPositive();
    assertThat(counted.puts()).isEqualTo(1);
  }

  @Test
  @Promise(
      value = "Values that are stored are puts, and those that a remove removed are removals.",
      lookAt = {"Store.unwrap", "Store.write", "Store.writeAll", "Store.delete"})
  default void changesCountAsPutsOrRemovals() {
    Storage<String> storage = storage();
    assertThat(of(storage).puts()).isEqualTo(0);
    storage.put("k", "v");
    storage.put("k", "w");
    storage.putAll(Map.of("a", "v", "b", "v"));
    long puts = 4;
    if (storage.capabilities().contains(Capability.ATOMIC)) {
      assertThat(storage.putIfAbsent("k", "no")).isFalse();
      assertThat(storage.putIfAbsent("new", "v")).isTrue();
      puts++;
    }
    assertThat(of(storage).puts()).isEqualTo(puts);
    assertThat(storage.remove("k")).isTrue();
    assertThat(storage.remove("k")).isFalse();
    assertThat(of(storage).removals()).isEqualTo(1);
  }

  @Test
  @Promise(
      value = "A snapshot of statistics does not change.",
      lookAt = {"Store.unwrap"})
  default void aSnapshotOfStatisticsDoesNotChange() {
    Storage<String> storage = storage();
    Statistics before = of(storage);
    storage.put("k", "v");
    storage.get("k");
    assertThat(before.puts()).isEqualTo(0);
    assertThat(before.hits() + before.misses()).isEqualTo(0);
    assertThat(of(storage).puts()).isEqualTo(1);
  }
}
