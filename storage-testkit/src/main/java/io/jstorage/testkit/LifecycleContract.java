package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A storage is closed once and for all; its entries are not. */
interface LifecycleContract extends StorageFixture {
  @Test
  @Promise("close may be called again without effect.")
  default void closingTwiceIsClosingOnce() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    storage.close();
    storage.close();
    assertThat(catchThrowable(() -> storage.get("k"))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @Promise("After close every operation throws IllegalStateException; toString still works.")
  default void everyOperationAfterClosingIsRefused() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>(Calls.onAll(storage));
    calls.putAll(Calls.on(storage, "k"));
    calls.put("getAll of nothing", () -> storage.getAll(List.of()));
    calls.put("putAll of nothing", () -> storage.putAll(Map.of()));
    calls.put("removeAll of nothing", () -> storage.removeAll(List.of()));
    calls.put("unwrap", () -> storage.unwrap(Thread.class));
    Map<String, String> map = storage.asMap();
    calls.put("asMap().get", () -> map.get("k"));
    calls.put("asMap().containsKey", () -> map.containsKey("k"));
    calls.put("asMap().remove", () -> map.remove("k"));
    calls.put("asMap().containsValue", () -> map.containsValue("v"));
    calls.put("asMap().isEmpty", map::isEmpty);
    storage.close();
    calls.forEach(
        (name, call) ->
            assertThat(catchThrowable(call)).as(name).isInstanceOf(IllegalStateException.class));
    assertThat(storage.toString()).as("toString of a closed storage").isNotEmpty();
  }

  @Test
  @Promise("close may be called by many threads at once, and returns normally in each.")
  default void manyThreadsMayCloseAtOnce() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    try (Race race = new Race(threads())) {
      race.run(
          number -> {
            storage.close();
            return number;
          });
    }
    assertThat(catchThrowable(storage::size)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @Promise(
      value =
          "While close runs, calls in flight end well or by a StorageException, later ones "
              + "are refused by IllegalStateException, and close ends soon.",
      lookAt = {"Store's close, if it is Closeable"})
  default void closingDuringUseEndsSoonAndFailsNobodyInAStrangeWay() {
    int threads = 4;
    Random random = new Random(Seed.get());
    try (Race race = new Race(threads);
        LoadAwareClock loadClock = new LoadAwareClock()) {
      for (int round = 0; round < rounds(); round++) {
        Storage<String> storage =
            TracingProxy.storage(closeAfterwards(FixtureMethods.call(() -> open(clock()))));
        // Made beforehand: which calls there are is asked of the storage, which a late thread would
        // find closed.
        List<List<ThrowingCallable>> calls =
            IntStream.range(0, threads).mapToObj(number -> callsOn(storage, "k" + number)).toList();
        CountDownLatch used = new CountDownLatch(1 + random.nextInt(30));
        race.run(
            number -> {
              if (number == 0) {
                Race.await(used);
                closeInTime(storage, loadClock);
              } else {
                useUntilClosed(calls.get(number), used);
              }
              return number;
            });
        assertThat(catchThrowable(storage::size)).isInstanceOf(IllegalStateException.class);
      }
    }
  }

  /** In the time of a machine that is as busy as this one. */
  private static void closeInTime(Storage<String> storage, LoadAwareClock loadClock) {
    long begun = loadClock.ticks();
    storage.close();
    assertThat(loadClock.ticks() - begun)
        .as("time to close, in hundredths of a second")
        .isLessThan(30 * LoadAwareClock.SECOND);
  }

  private static List<ThrowingCallable> callsOn(Storage<String> storage, String key) {
    List<ThrowingCallable> calls = new ArrayList<>(Calls.on(storage, key).values());
    calls.addAll(Calls.onAll(storage).values());
    calls.add(storage::capabilities);
    calls.add(() -> storage.putAll(Map.of(key, "v", "l", "v", "m", "v")));
    calls.add(() -> storage.getAll(List.of(key, "l", "m")));
    calls.add(() -> storage.removeAll(List.of(key, "l", "m")));
    return calls;
  }

  /** All operations, over and over, until one is refused as all are after that. */
  private static void useUntilClosed(List<ThrowingCallable> calls, CountDownLatch used) {
    for (int i = 0; true; i++) {
      Throwable e = catchThrowable(calls.get(i % calls.size()));
      used.countDown();
      if (e instanceof IllegalStateException) {
        return;
      }
      if (e != null) {
        assertThat(e)
            .as("what befell a call when the storage was closed")
            .isInstanceOf(StorageException.class);
      }
    }
  }

  @Test
  @Promise(
      value = "close closes the object; the entries stay where they are.",
      lookAt = {"Store's close, if it is Closeable", "Store.write"})
  default void entriesSurviveClosing() {
    Storage<String> storage = storage();
    List<String> keys = HostileKeys.upTo(maxKeyBytes());
    keys.forEach(key -> storage.put(key, "value of " + key));
    Storage<String> again = AdditionalStorages.secondObject(this);
    storage.close();
    Listed.exactly(keys, Calls.keysOf(again));
    for (String key : keys) {
      assertThat(again.get(key)).contains("value of " + key);
    }
  }

  @Test
  @Promise("Two objects over the same entries see each other's writes.")
  default void twoObjectsOverTheSameEntriesAgree() {
    Storage<String> one = storage();
    Storage<String> other = AdditionalStorages.secondObject(this);
    one.put("k", "one");
    assertThat(other.get("k")).contains("one");
    assertThat(other.entry("k")).isEqualTo(one.entry("k"));
    other.put("k", "other");
    assertThat(one.get("k")).contains("other");
    assertThat(one.remove("k")).isTrue();
    assertThat(other.contains("k")).isFalse();
    assertThat(other.size()).isZero();
  }

  @Test
  @Promise("No toString shows a value.")
  default void noTextShowsAValue() {
    Storage<String> storage = storage();
    storage.put("k", "tell-nobody");
    assertThat(storage.toString()).isNotBlank().doesNotContain("tell-nobody");
    assertThat(storage.entry("k").map(Entry::toString).orElseThrow()).doesNotContain("tell-nobody");
  }
}
