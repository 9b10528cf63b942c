package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The entries outlive the object, for storages whose place can be opened again. After each change
 * the storage is closed and opened, as a change that was not committed may be carried along by the
 * next one.
 */
interface ReopeningContract extends StorageFixture {
  /** A way to change entries. */
  @FunctionalInterface
  interface Change {
    void on(Storage<String> storage);
  }

  @Test
  @Promise(
      value =
          "A write that has returned is kept: it is there when the place is opened again,"
              + " whichever way of writing came last before close.",
      lookAt = {"Store.write", "Store.writeAll", "Store's close, if it is Closeable"})
  default void everyWriteIsThereAfterReopening() {
    Storage<String> storage = storage();
    storage.put("seen", "0");
    for (Map.Entry<String, Change> write : writes(storage).entrySet()) {
      String value = "by " + write.getKey();
      write.getValue().on(storage);
      storage = reopened(storage);
      assertThat(storage.get("key of " + write.getKey())).contains(value);
      assertThat(storage.contains("seen")).as("an entry of before").isTrue();
    }
  }

  @Test
  @Promise(
      value =
          "A removal that has returned is kept: the entry is gone when the place is opened"
              + " again, whichever way of removing came last before close.",
      lookAt = {
        "Store.delete",
        "Store.deleteAll",
        "Store.clear",
        "Store's close, if it is Closeable"
      })
  default void everyRemovalIsKeptAfterReopening() {
    Storage<String> storage = storage();
    for (Map.Entry<String, Change> removal : removals(storage).entrySet()) {
      storage.putAll(Map.of("k", "v", "l", "v"));
      storage = reopened(storage);
      removal.getValue().on(storage);
      storage = reopened(storage);
      assertThat(storage.contains("k")).as("after " + removal.getKey()).isFalse();
    }
    assertThat(storage.size()).isZero();
  }

  @Test
  @Promise(
      value = "Deadlines are kept with the entries, and hold when the place is opened again.",
      lookAt = {"Store.write with a time to live", "Store.readEntry"})
  default void deadlinesAreKeptAfterReopening() {
    Storage<String> storage = storage();
    Assume.has(storage, Capability.EXPIRY);
    Duration hour = Duration.ofHours(1);
    storage.put("k", "v", hour);
    storage.putAll(Map.of("l", "v"), hour);
    Instant deadline = storage.entry("k").flatMap(Entry::expiresAt).orElseThrow();
    storage = reopened(storage);
    assertThat(storage.entry("k").flatMap(Entry::expiresAt)).contains(deadline);
    assertThat(storage.get("l")).contains("v");
    Assume.that(usesClock(), "expires in real time");
    clock().advance(hour);
    assertThat(storage.getAll(List.of("k", "l"))).isEmpty();
  }

  @Test
  @Promise(
      value = "Every key and every value comes back exactly when the place is opened again.",
      lookAt = {"Store.keys", "Store.read"})
  default void everyKeyComesBackAfterReopening() {
    Storage<String> storage = storage();
    List<String> keys = HostileKeys.upTo(maxKeyBytes());
    Map<String, String> values = new LinkedHashMap<>();
    keys.forEach(key -> values.put(key, "value of " + key));
    storage.putAll(values);
    storage = reopened(storage);
    Listed.exactly(keys, Calls.keysOf(storage));
    assertThat(storage.getAll(keys)).containsExactlyEntriesOf(values);
  }

  /** Ways to write an entry, each under a key and with a value that bears its name. */
  private static Map<String, Change> writes(Storage<String> first) {
    Map<String, Change> writes = new LinkedHashMap<>();
    writes.put("put", storage -> storage.put("key of put", "by put"));
    writes.put("putAll", storage -> storage.putAll(Map.of("key of putAll", "by putAll")));
    writes.put("load", storage -> storage.get("key of load", key -> "by load"));
    writes.put("map.put", storage -> storage.asMap().put("key of map.put", "by map.put"));
    if (first.capabilities().contains(Capability.ATOMIC)) {
      writes.put("if absent", storage -> storage.putIfAbsent("key of if absent", "by if absent"));
      writes.put("replace", ReopeningContract::replace);
      writes.put(
          "compute",
          storage -> storage.asMap().compute("key of compute", (key, seen) -> "by compute"));
    }
    if (first.capabilities().contains(Capability.EXPIRY)) {
      Duration ttl = Duration.ofHours(1);
      writes.put("put ttl", storage -> storage.put("key of put ttl", "by put ttl", ttl));
      writes.put(
          "putAll ttl",
          storage -> storage.putAll(Map.of("key of putAll ttl", "by putAll ttl"), ttl));
    }
    return writes;
  }

  private static void replace(Storage<String> storage) {
    storage.put("key of replace", "old");
    storage.replace("key of replace", versionOf(storage, "key of replace"), "by replace");
  }

  private static Map<String, Change> removals(Storage<String> first) {
    Map<String, Change> removals = new LinkedHashMap<>();
    removals.put("remove", storage -> storage.remove("k"));
    removals.put("removeAll", storage -> storage.removeAll(List.of("k", "l")));
    removals.put("the map's remove", storage -> storage.asMap().remove("k"));
    if (first.capabilities().contains(Capability.ATOMIC)) {
      removals.put("remove by version", storage -> storage.remove("k", versionOf(storage, "k")));
    }
    removals.put("clear", Storage::clear);
    return removals;
  }

  private static Version versionOf(Storage<String> storage, String key) {
    return storage.entry(key).flatMap(Entry::version).orElseThrow();
  }

  private Storage<String> reopened(Storage<String> storage) {
    storage.close();
    return AdditionalStorages.reopened(this);
  }
}
