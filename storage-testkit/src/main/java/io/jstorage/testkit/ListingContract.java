package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;

import io.jstorage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code keys}, {@code size} and {@code clear} see all own entries, and only those. */
interface ListingContract extends StorageFixture {
  @Test
  @Promise("keys lists every key once, also where there are more than fit on a page.")
  default void everyKeyIsListedOnce() {
    Storage<String> storage = storage();
    List<String> keys = putMany(storage);
    Listed.exactly(keys, Calls.keysOf(storage));
    Listed.exactly(
        keys.stream().filter(key -> key.startsWith("key-29")).toList(),
        Calls.list(storage.keys("key-29")));
    assertThat(storage.size()).isEqualTo(many());
  }

  @Test
  @Promise("size is the number of entries.")
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

  @Test
  @Promise("clear removes every entry, and the storage goes on.")
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

  @Test
  @Promise("clear removes every entry, also where there are more than fit on a page.")
  default void aClearRemovesMoreThanAPage() {
    Storage<String> storage = storage();
    putMany(storage);
    storage.clear();
    Listed.exactly(List.of(), Calls.keysOf(storage));
    assertThat(storage.size()).isZero();
  }

  @Test
  @Promise(
      value =
          "A stream of keys may be closed before its end, and entries may be changed while "
              + "it is open.",
      lookAt = {"Store.keys"})
  default void aListingCanBeLeftEarlyAndTheEntriesChangedMeanwhile() {
    Storage<String> storage = storage();
    IntStream.range(0, 100).forEach(i -> storage.put("key-" + i, "v"));
    for (int i = 0; i < 50; i++) {
      try (Stream<String> keys = storage.keys()) {
        Iterator<String> first = keys.iterator();
        String key = first.next();
        assertThat(storage.remove(key)).isTrue();
        storage.put("new-" + i, "v");
      }
    }
    assertThat(storage.size()).isEqualTo(100);
  }

  @Test
  @Promise(
      value = "Entries may be removed while they are listed, and all of them are listed.",
      lookAt = {"Store.keys", "Store.delete"})
  default void aListingCanRemoveWhatItLists() {
    Storage<String> storage = storage();
    putMany(storage);
    try (Stream<String> listed = storage.keys()) {
      listed.forEach(storage::remove);
    }
    Listed.exactly(List.of(), Calls.keysOf(storage));
    assertThat(storage.size()).isZero();
    storage.putAll(Map.of("key-1", "v", "key-10", "v", "key-2", "v"));
    try (Stream<String> listed = storage.keys("key-1")) {
      listed.forEach(storage::remove);
    }
    Listed.exactly(List.of("key-2"), Calls.keysOf(storage));
  }

  @Test
  @Promise(
      value =
          "A listing that goes over several pages leaves out no entry because another one was"
              + " removed concurrently: pages go on after the last key, not at a position.",
      lookAt = {"Store.keys"})
  default void removalsDuringAListingHideNoOtherEntry() {
    Storage<String> storage = storage();
    List<String> stable = putMany(storage);
    List<String> passing = stable.stream().map(key -> "a-" + key).toList();
    Map<String, String> values = new HashMap<>();
    passing.forEach(key -> values.put(key, "v"));
    storage.putAll(values);
    List<String> listed = new ArrayList<>();
    try (Stream<String> keys = storage.keys()) {
      for (Iterator<String> each = keys.iterator(); each.hasNext(); ) {
        listed.add(each.next());
        if (listed.size() == 1) {
          storage.removeAll(passing);
        }
      }
    }
    listed.removeAll(Set.copyOf(passing));
    Listed.exactly(stable, listed);
  }

  /** More entries than fit on a page, with keys that start with key-. */
  private List<String> putMany(Storage<String> storage) {
    List<String> keys = IntStream.range(0, many()).mapToObj(i -> "key-" + i).toList();
    Map<String, String> values = new LinkedHashMap<>();
    keys.forEach(key -> values.put(key, "v"));
    storage.putAll(values);
    return keys;
  }

  @Test
  @Promise(
      value =
          "A listing is weakly consistent: an entry that exists throughout is listed, "
              + "whatever comes and goes concurrently.",
      lookAt = {"Store.keys", "Store.count"})
  default void entriesThatExistThroughoutAreAlwaysListed() {
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
    Listed.exactly(stable, Calls.list(storage.keys("stable-")));
  }

  private static void assertAllListed(
      Storage<String> storage, List<String> stable, boolean directly) {
    if (directly) {
      Listed.atLeast(stable, Calls.keysOf(storage));
      Listed.exactly(stable, Calls.list(storage.keys("stable-")));
    } else {
      assertThat(storage.size()).isGreaterThanOrEqualTo(stable.size());
      Listed.atLeast(stable, new ArrayList<>(storage.asMap().keySet()));
    }
  }

  @Test
  @Promise(
      value = "clear removes what existed when it began, whatever is written concurrently.",
      lookAt = {"Store.clear", "Store.keys"})
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

  @Test
  @Promise("Entries of others in the same place are neither listed, read, counted nor removed.")
  default void aNeighboursEntriesAreNeitherSeenNorTouched() {
    Storage<String> storage = storage();
    Storage<String> neighbour = AdditionalStorages.neighbour(this);
    List<String> keys = HostileKeys.portable();
    keys.forEach(key -> neighbour.put(key, "theirs"));
    assertThat(storage.size()).isZero();
    assertThat(Calls.keysOf(storage)).isEmpty();
    for (String key : keys) {
      assertThat(storage.get(key)).isEmpty();
      assertThat(storage.remove(key)).isFalse();
    }
    keys.forEach(key -> storage.put(key, "ours"));
    assertThat(storage.size()).isEqualTo(keys.size());
    storage.clear();
    assertThat(Calls.keysOf(storage)).isEmpty();
    assertThat(neighbour.size()).isEqualTo(keys.size());
    for (String key : keys) {
      assertThat(neighbour.get(key)).contains("theirs");
    }
  }
}
