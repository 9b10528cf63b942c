package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code keys}, {@code size} and {@code clear} see everything that is ours, and only that. */
interface ListingContract extends StorageFixture {
  /** More than fits on one page of any listing. */
  @Test
  default void everyKeyIsListedOnce() {
    Storage<String> storage = storage();
    List<String> keys = IntStream.range(0, many()).mapToObj(i -> "key-" + i).toList();
    keys.forEach(key -> storage.put(key, "v"));
    assertThat(Calls.keysOf(storage)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(Calls.list(storage.keys("key-29")))
        .containsExactlyInAnyOrderElementsOf(
            keys.stream().filter(key -> key.startsWith("key-29")).toList());
    assertThat(storage.size()).isEqualTo(many());
  }

  /** The size follows what is put and removed. */
  @Test
  default void theSizeIsTheNumberOfEntries() {
    Storage<String> storage = storage();
    assertThat(storage.size()).isZero();
    storage.put("a", "1");
    storage.put("b", "1");
    storage.put("a", "2");
    assertThat(storage.size()).isEqualTo(2);
    storage.remove("a");
    storage.remove("a");
    assertThat(storage.size()).isEqualTo(1);
    assertThat(Calls.keysOf(storage)).containsExactly("b");
  }

  /** Nothing is left, and the storage goes on. */
  @Test
  default void aClearRemovesEverything() {
    Storage<String> storage = storage();
    storage.clear();
    HostileKeys.portable().forEach(key -> storage.put(key, "v"));
    storage.clear();
    assertThat(storage.size()).isZero();
    assertThat(Calls.keysOf(storage)).isEmpty();
    assertThat(storage.get("A")).isEmpty();
    storage.put("A", "again");
    assertThat(Calls.keysOf(storage)).containsExactly("A");
  }

  /** A stream of keys may be left early, and changes go on while it is open. */
  @Test
  default void aListingCanBeLeftEarlyAndTheEntriesChangedMeanwhile() {
    Storage<String> storage = storage();
    IntStream.range(0, 100).forEach(i -> storage.put("key-" + i, "v"));
    for (int i = 0; i < 50; i++) {
      try (Stream<String> keys = storage.keys()) {
        Iterator<String> first = keys.iterator();
        String key = first.next();
        assertThat(storage.remove(key)).as(key).isTrue();
        storage.put("new-" + i, "v");
      }
    }
    assertThat(storage.size()).isEqualTo(100);
  }

  /** Removing while listing is how people clean up. */
  @Test
  default void aListingCanRemoveWhatItLists() {
    Storage<String> storage = storage();
    IntStream.range(0, 300).forEach(i -> storage.put("key-" + i, "v"));
    try (Stream<String> keys = storage.keys("key-1")) {
      keys.forEach(storage::remove);
    }
    assertThat(Calls.list(storage.keys("key-1"))).isEmpty();
    assertThat(storage.size()).isEqualTo(300 - 111);
  }

  /** Weakly consistent: what was there throughout is always seen, whatever comes and goes. */
  @Test
  default void whatIsThereThroughoutIsAlwaysListed() {
    Storage<String> storage = storage();
    List<String> stable = IntStream.range(0, 100).mapToObj(i -> "stable-" + i).toList();
    stable.forEach(key -> storage.put(key, "v"));
    int listings = Math.max(4, rounds() / 4);
    AtomicInteger listing = new AtomicInteger(2);
    try (Race race = new Race(4)) {
      race.run(
          number -> {
            if (number < 2) {
              try {
                for (int i = 0; i < listings; i++) {
                  assertAllListed(storage, stable, number == 0);
                }
              } finally {
                listing.decrementAndGet();
              }
            } else {
              for (int i = 0; listing.get() > 0; i = (i + 1) % 20) {
                storage.put("passing-" + number + "-" + i, "v");
                storage.put(stable.get(i), "v" + i);
                storage.remove("passing-" + number + "-" + (i + 10) % 20);
              }
            }
            return number;
          });
    }
    assertThat(Calls.list(storage.keys("stable-"))).containsExactlyInAnyOrderElementsOf(stable);
  }

  private static void assertAllListed(
      Storage<String> storage, List<String> stable, boolean directly) {
    if (directly) {
      assertThat(Calls.keysOf(storage)).doesNotHaveDuplicates().containsAll(stable);
      assertThat(Calls.list(storage.keys("stable-"))).containsExactlyInAnyOrderElementsOf(stable);
    } else {
      assertThat(storage.size()).isGreaterThanOrEqualTo(stable.size());
      assertThat(new ArrayList<>(storage.asMap().keySet())).containsAll(stable);
    }
  }

  /** Weakly consistent, too: what is written meanwhile may stay, what was there before may not. */
  @Test
  default void aClearRemovesWhatWasThereThroughout() {
    Storage<String> storage = storage();
    try (Race race = new Race(4)) {
      for (int round = 0; round < Math.max(4, rounds() / 4); round++) {
        IntStream.range(0, 20).forEach(i -> storage.put("before-" + i, "v"));
        race.run(
            number -> {
              if (number == 0) {
                storage.clear();
              } else {
                IntStream.range(0, 20).forEach(i -> storage.put("meanwhile-" + i, "v"));
              }
              return number;
            });
        assertThat(Calls.list(storage.keys("before-"))).isEmpty();
      }
    }
  }

  /** What somebody else keeps in the same place is not ours to see or to touch. */
  @Test
  default void aNeighboursEntriesAreNeitherSeenNorTouched() {
    Storage<String> storage = storage();
    Storage<String> neighbour =
        closeAfterwards(
            Assume.given(Hook.call(() -> openNeighbour(clock())), "neighbour in the same place"));
    List<String> keys = HostileKeys.portable();
    keys.forEach(key -> neighbour.put(key, "theirs"));
    assertThat(storage.size()).isZero();
    assertThat(Calls.keysOf(storage)).isEmpty();
    for (String key : keys) {
      assertThat(storage.get(key)).as(key).isEmpty();
      assertThat(storage.remove(key)).as(key).isFalse();
    }
    keys.forEach(key -> storage.put(key, "ours"));
    assertThat(storage.size()).isEqualTo(keys.size());
    storage.clear();
    assertThat(Calls.keysOf(storage)).isEmpty();
    assertThat(neighbour.size()).isEqualTo(keys.size());
    for (String key : keys) {
      assertThat(neighbour.get(key)).as(key).contains("theirs");
    }
  }
}
