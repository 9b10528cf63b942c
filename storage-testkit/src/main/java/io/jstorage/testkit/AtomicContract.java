package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;

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
  @Test
  @Promise(
      "putIfAbsent stores where there is no entry and returns true; where there is one it "
          + "returns false and the entry stays.")
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

  @Test
  @Promise(
      value =
          "Every entry has a version. It is equal as long as nobody writes, changes with "
              + "each other value, and survives toString and Version.parse.",
      lookAt = {"Store.readEntry"})
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

  @Test
  @Promise(
      "replace writes only if the entry has the version that is given, so that a write in "
          + "between is never lost.")
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

  @Test
  @Promise("replace returns false where there is no entry, and stores nothing.")
  default void aReplaceNeverCreates() {
    Storage<String> storage = atomic();
    storage.put("k", "one");
    Version one = versionOf(storage, "k");
    storage.remove("k");
    assertThat(storage.replace("k", one, "two")).isFalse();
    assertThat(storage.replace("never", one, "two")).isFalse();
    assertThat(storage.size()).isZero();
  }

  @Test
  @Promise("remove with a version removes only an entry of that version.")
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

  @Test
  @Promise(
      "A version is not given again to another state of a key, not even after a removal: a"
          + " counter in each entry starts over, a counter of the store does not.")
  default void aVersionFromBeforeARemovalIsThatOfNoLaterEntry() {
    Storage<String> storage = atomic();
    storage.put("k", "one");
    Version before = versionOf(storage, "k");
    storage.remove("k");
    storage.put("k", "two");
    assertThat(versionOf(storage, "k")).isNotEqualTo(before);
    assertThat(storage.replace("k", before, "three")).isFalse();
    assertThat(storage.remove("k", before)).isFalse();
    storage.clear();
    storage.putIfAbsent("k", "four");
    assertThat(storage.replace("k", before, "five")).isFalse();
    assertThat(storage.get("k")).contains("four");
  }

  @Test
  @Promise(
      "Of all callers that putIfAbsent one key at once, exactly one gets true, and its value "
          + "is stored.")
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

  @Test
  @Promise("Of all callers that remove one version at once, exactly one gets true.")
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

  @Test
  @Promise(
      value =
          "A replace that returned true was decided and written in one step: no increment is "
              + "lost.",
      lookAt = {"Store.write with Condition.version", "Store.readEntry"})
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

  @Test
  @Promise(
      value = "merge and compute of the map view are atomic: no increment is lost.",
      lookAt = {
        "Store.write with Condition.version",
        "Store.write with Condition.ABSENT",
        "Store.readEntry"
      })
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

  @Test
  @Promise(
      value = "A put is never overwritten by a replace that names a version from before it.",
      lookAt = {"Store.write with Condition.version"})
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
    return Stream.concat(Stream.of(storage), AdditionalStorages.secondObjectIfAny(this).stream())
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
