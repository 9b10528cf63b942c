package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@link Capability#ATOMIC}: conditional writes are decided in one step, by versions. */
interface AtomicContract extends StorageFixture {
  /** The first wins, and what is there stays. */
  @Test
  default void putIfAbsentStoresOnlyWhereNothingIs() {
    Storage<String> storage = atomic();
    assertThat(storage.putIfAbsent("k", "first")).isTrue();
    assertThat(storage.putIfAbsent("k", "second")).isFalse();
    assertThat(storage.get("k")).contains("first");
    storage.remove("k");
    assertThat(storage.putIfAbsent("k", "third")).isTrue();
    assertThat(storage.get("k")).contains("third");
    assertThat(storage.size()).isEqualTo(1);
  }

  /** A version stands for one state, and survives being written down. */
  @Test
  default void everyEntryHasAVersionThatStandsForItsState() {
    Storage<String> storage = atomic();
    storage.put("k", "one");
    Version one = versionOf(storage, "k");
    assertThat(versionOf(storage, "k")).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(Version.parse(one.toString())).isEqualTo(one);
    storage.put("k", "two");
    assertThat(versionOf(storage, "k")).isNotEqualTo(one);
    assertThat(storage.replace("k", Version.parse(versionOf(storage, "k").toString()), "three"))
        .isTrue();
  }

  /** Somebody else's write in between is never lost. */
  @Test
  default void aReplaceNeedsTheVersionThatIsThere() {
    Storage<String> storage = atomic();
    storage.put("k", "one");
    Version one = versionOf(storage, "k");
    assertThat(storage.replace("k", one, "two")).isTrue();
    assertThat(storage.get("k")).contains("two");
    assertThat(storage.replace("k", one, "three")).isFalse();
    assertThat(storage.replace("k", Version.parse("never-given"), "three")).isFalse();
    assertThat(storage.get("k")).contains("two");
  }

  /** Nothing comes from nothing. */
  @Test
  default void aReplaceNeverCreates() {
    Storage<String> storage = atomic();
    storage.put("k", "one");
    Version one = versionOf(storage, "k");
    storage.remove("k");
    assertThat(storage.replace("k", one, "two")).isFalse();
    assertThat(storage.replace("never", one, "two")).isFalse();
    assertThat(storage.size()).isZero();
  }

  /** Only what was read is removed. */
  @Test
  default void aRemoveByVersionNeedsTheVersionThatIsThere() {
    Storage<String> storage = atomic();
    storage.put("k", "one");
    Version one = versionOf(storage, "k");
    storage.put("k", "two");
    assertThat(storage.remove("k", one)).isFalse();
    assertThat(storage.remove("k", Version.parse("never-given"))).isFalse();
    assertThat(storage.get("k")).contains("two");
    assertThat(storage.remove("k", versionOf(storage, "k"))).isTrue();
    assertThat(storage.get("k")).isEmpty();
    assertThat(storage.remove("k", one)).isFalse();
  }

  /** Of all who try, one wins, and its value is there. */
  @Test
  default void aRaceOfPutIfAbsentHasOneWinner() {
    List<Storage<String>> storages = allWaysIn();
    try (Race race = new Race(threads())) {
      for (int round = 0; round < rounds(); round++) {
        String key = "round-" + round;
        List<Boolean> won =
            race.run(number -> in(storages, number).putIfAbsent(key, "by " + number));
        assertThat(Collections.frequency(won, true)).as("winners").isEqualTo(1);
        assertThat(storage().get(key)).contains("by " + won.indexOf(true));
      }
    }
  }

  /** Of all who remove one version, one succeeds. */
  @Test
  default void aRaceOfRemoveByVersionHasOneWinner() {
    List<Storage<String>> storages = allWaysIn();
    try (Race race = new Race(threads())) {
      for (int round = 0; round < rounds(); round++) {
        storage().put("k", "round " + round);
        Version version = versionOf(storage(), "k");
        List<Boolean> won = race.run(number -> in(storages, number).remove("k", version));
        assertThat(Collections.frequency(won, true)).as("winners").isEqualTo(1);
      }
    }
  }

  /** Every increment counts. */
  @Test
  default void aCounterKeptByReplaceLosesNoIncrement() {
    List<Storage<String>> storages = allWaysIn();
    int increments = Math.max(1, rounds() / 5);
    try (Race race = new Race(threads())) {
      storage().put("counter", "0");
      race.run(
          number -> {
            for (int i = 0; i < increments; i++) {
              increment(in(storages, number), "counter");
            }
            return number;
          });
    }
    assertThat(storage().get("counter")).contains(String.valueOf(threads() * increments));
  }

  /** The computing methods of the map are built of the same steps. */
  @Test
  default void aCounterKeptByTheMapLosesNoIncrement() {
    List<Storage<String>> storages = allWaysIn();
    int increments = Math.max(1, rounds() / 5);
    try (Race race = new Race(threads())) {
      race.run(
          number -> {
            ConcurrentMap<String, String> map = in(storages, number).asMap();
            for (int i = 0; i < increments; i++) {
              map.merge("merged", "1", AtomicContract::sum);
              map.compute("computed", (key, seen) -> seen == null ? "1" : sum(seen, "1"));
            }
            return number;
          });
    }
    String all = String.valueOf(threads() * increments);
    assertThat(storage().get("merged")).contains(all);
    assertThat(storage().get("computed")).contains(all);
  }

  /** A plain put is never undone by a replace that read before it. */
  @Test
  default void aPutIsNeverOverwrittenByAReplaceOfWhatWasThereBefore() {
    List<Storage<String>> storages = allWaysIn();
    try (Race race = new Race(2)) {
      for (int round = 0; round < rounds(); round++) {
        storage().put("k", "old " + round);
        Version old = versionOf(storage(), "k");
        String fresh = "fresh " + round;
        race.run(
            number -> {
              if (number == 0) {
                storages.get(0).put("k", fresh);
              } else {
                in(storages, number).replace("k", old, "replaced");
              }
              return number;
            });
        assertThat(storage().get("k")).contains(fresh);
      }
    }
  }

  private Storage<String> atomic() {
    Storage<String> storage = storage();
    Assume.has(storage, Capability.ATOMIC);
    return storage;
  }

  /** The storage, and a second object over the same entries if there can be one. */
  private List<Storage<String>> allWaysIn() {
    Storage<String> storage = atomic();
    return Stream.concat(
            Stream.of(storage),
            Hook.call(() -> openAgain(clock())).map(this::closeAfterwards).stream())
        .toList();
  }

  private static <T> T in(List<T> list, int number) {
    return list.get(number % list.size());
  }

  private static String sum(String a, String b) {
    return String.valueOf(Integer.parseInt(a) + Integer.parseInt(b));
  }

  private static void increment(Storage<String> storage, String key) {
    while (true) {
      Entry<String> entry = storage.entry(key).orElseThrow();
      if (storage.replace(key, entry.version().orElseThrow(), sum(entry.value(), "1"))) {
        return;
      }
    }
  }

  private static Version versionOf(Storage<?> storage, String key) {
    return storage
        .entry(key)
        .flatMap(Entry::version)
        .orElseThrow(() -> new AssertionError("the entry has no version: " + key));
  }
}
