package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.InvalidKeyException;
import io.jstorage.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link Storage#asMap()}: a live view that keeps the promises of {@link ConcurrentMap}. */
interface MapContract extends StorageFixture {
  @Test
  @Promise("asMap is a live view: both show the same entries at any time.")
  default void theMapIsALiveView() {
    Storage<String> storage = storage();
    ConcurrentMap<String, String> map = storage.asMap();
    assertThat(map.isEmpty()).isTrue();
    storage.put("k", "v");
    assertThat(map.get("k")).isEqualTo("v");
    assertThat(map.containsKey("k")).isTrue();
    assertThat(map.containsValue("v")).isTrue();
    assertThat(map.containsValue("w")).isFalse();
    assertThat(map.size()).isEqualTo(1);
    map.put("k", "w");
    map.put("other", "x");
    assertThat(storage.get("k")).contains("w");
    assertThat(storage.get("other")).contains("x");
    map.remove("k");
    assertThat(storage.contains("k")).isFalse();
    map.putAll(Map.of("a", "1", "b", "2"));
    assertThat(storage.getAll(List.of("a", "b")))
        .containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
    map.clear();
    assertThat(storage.size()).isZero();
  }

  @Test
  @Promise("A miss is null, as in every map.")
  default void aMissIsNull() {
    ConcurrentMap<String, String> map = storage().asMap();
    assertThat(map.get("absent")).isNull();
    assertThat(map.getOrDefault("absent", "default")).isEqualTo("default");
    assertThat(map.containsKey("absent")).isFalse();
    assertThat(map.remove("absent")).isNull();
  }

  @Test
  @Promise("put and remove of the map return the value before.")
  default void putAndRemoveReturnWhatWasThere() {
    ConcurrentMap<String, String> map = storage().asMap();
    assertThat(map.put("k", "one")).isNull();
    assertThat(map.put("k", "two")).isEqualTo("one");
    assertThat(map.put("k", "two")).isEqualTo("two");
    assertThat(map.remove("k")).isEqualTo("two");
    assertThat(map.remove("k")).isNull();
  }

  @Test
  @Promise(
      "An object that is no key is absent from the map: asking for it is no mistake, storing "
          + "it is.")
  @SuppressWarnings({"CollectionIncompatibleType", "SuspiciousMethodCalls"}) // On purpose.
  default void invalidKeysAreSimplyAbsent() {
    ConcurrentMap<String, String> map = storage().asMap();
    map.put("42", "v");
    List<Object> strange = new ArrayList<>(HostileKeys.invalid(maxKeyBytes()));
    strange.addAll(List.of(42, 'k', List.of("42"), new Object()));
    for (Object key : strange) {
      String asked = "asked for " + MessageRepresentation.argument(key);
      assertThat(map.get(key)).as(asked).isNull();
      assertThat(map.containsKey(key)).as(asked).isFalse();
      assertThat(map.remove(key)).as(asked).isNull();
      assertThat(map.keySet().contains(key)).as(asked).isFalse();
      assertThat(map.keySet().remove(key)).as(asked).isFalse();
      assertThat(map.entrySet().contains(Map.entry(key, "v"))).as(asked).isFalse();
      assertThat(map.entrySet().remove(Map.entry(key, "v"))).as(asked).isFalse();
    }
    assertThat(map.containsValue(42)).isFalse();
    assertThat(map.entrySet().contains("42")).isFalse();
    assertThatThrownBy(() -> map.put("", "v")).isInstanceOf(InvalidKeyException.class);
    assertThat(map).containsExactly(Map.entry("42", "v"));
  }

  @Test
  @Promise("The map refuses null keys and values by NullPointerException.")
  @SuppressWarnings("NullAway") // That is what is tried.
  default void nullIsRefused() {
    ConcurrentMap<String, String> map = storage().asMap();
    assertThatThrownBy(() -> map.get(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> map.containsKey(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> map.containsValue(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> map.put(null, "v")).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> map.put("k", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> map.remove(null)).isInstanceOf(NullPointerException.class);
    assertThat(map.isEmpty()).isTrue();
  }

  @Test
  @Promise("The map equals any map of the same entries, both ways round, with the same hash code.")
  default void theMapEqualsAnyMapOfTheSameEntries() {
    ConcurrentMap<String, String> map = storage().asMap();
    Map<String, String> expected = new HashMap<>();
    HostileKeys.portable().forEach(key -> expected.put(key, "value of " + key));
    map.putAll(expected);
    assertThat(map.equals(expected)).isTrue();
    assertThat(expected.equals(map)).isTrue();
    assertThat(map.hashCode()).isEqualTo(expected.hashCode());
    assertThat(map.keySet()).isEqualTo(expected.keySet());
    assertThat(map.entrySet()).isEqualTo(expected.entrySet());
    assertThat(map.values()).containsExactlyInAnyOrderElementsOf(expected.values());
    assertThat(map.keySet()).hasSize(expected.size());
    map.put("A", "changed");
    assertThat(map.equals(expected)).isFalse();
    assertThat(map.hashCode()).isNotEqualTo(expected.hashCode());
  }

  @Test
  @Promise(
      value =
          "An iterator of the map walks over the keys of the moment of its making: removed "
              + "ones are skipped, new ones do not appear.",
      lookAt = {"Store.keys", "Store.read"})
  default void anIteratorWalksOverASnapshotOfTheKeys() {
    ConcurrentMap<String, String> map = storage().asMap();
    IntStream.range(0, 50).forEach(i -> map.put("key-" + i, "old"));
    Iterator<Map.Entry<String, String>> entries = map.entrySet().iterator();
    Map<String, String> walked = new HashMap<>();
    while (walked.size() < 10) {
      Map.Entry<String, String> entry = entries.next();
      walked.put(entry.getKey(), entry.getValue());
    }
    List<String> ahead = new ArrayList<>(map.keySet());
    ahead.removeAll(walked.keySet());
    List<String> removed = ahead.subList(0, 20);
    removed.forEach(map::remove);
    map.put("added", "v");
    Map<String, String> expected = new HashMap<>(walked);
    for (String key : ahead.subList(20, 40)) {
      map.put(key, "new");
      expected.put(key, "new");
    }
    entries.forEachRemaining(entry -> walked.put(entry.getKey(), entry.getValue()));
    assertThat(walked).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  @Promise(
      value = "An iterator removes what it last returned, once, from the storage.",
      lookAt = {"Store.delete"})
  default void removingThroughAnIteratorWritesThrough() {
    Storage<String> storage = storage();
    ConcurrentMap<String, String> map = storage.asMap();
    IntStream.range(0, 20).forEach(i -> map.put("key-" + i, "v" + i));
    Iterator<Map.Entry<String, String>> entries = map.entrySet().iterator();
    assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
    String first = entries.next().getKey();
    assertThat(entries.hasNext()).isTrue();
    entries.remove();
    assertThat(storage.contains(first)).isFalse();
    assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
    Iterator<String> keys = map.keySet().iterator();
    String second = keys.next();
    keys.remove();
    assertThat(storage.contains(second)).isFalse();
    Iterator<String> values = map.values().iterator();
    values.next();
    values.remove();
    assertThat(storage.size()).isEqualTo(17);
    map.keySet().removeIf(key -> key.startsWith("key-1"));
    assertThat(Calls.list(storage.keys("key-1"))).isEmpty();
    map.entrySet().clear();
    assertThat(storage.size()).isZero();
    Iterator<String> none = map.keySet().iterator();
    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  @Promise(
      value = "The collections of the map remove from the storage, and cannot add.",
      lookAt = {"Store.delete"})
  default void removingThroughAViewWritesThrough() {
    Storage<String> storage = storage();
    ConcurrentMap<String, String> map = storage.asMap();
    for (String key : List.of("a", "b", "c", "d")) {
      map.put(key, "value of " + key);
    }
    assertThat(map.keySet().remove("a")).isTrue();
    assertThat(map.keySet().remove("a")).isFalse();
    assertThat(map.values().remove("value of b")).isTrue();
    assertThat(map.entrySet().remove(Map.entry("c", "other value"))).isFalse();
    assertThat(map.entrySet().remove(Map.entry("c", "value of c"))).isTrue();
    assertThat(Calls.keysOf(storage)).containsExactly("d");
    assertThat(map.keySet().retainAll(List.of("x"))).isTrue();
    assertThat(storage.size()).isZero();
    assertThatThrownBy(() -> map.keySet().add("k"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @Promise(
      value = "setValue of an entry of the map writes to the storage.",
      lookAt = {"Store.write"})
  @SuppressWarnings("NullAway") // Null is among what is tried.
  default void settingTheValueOfAnEntryWritesThrough() {
    Storage<String> storage = storage();
    storage.put("k", "old");
    Map.Entry<String, String> entry = storage.asMap().entrySet().iterator().next();
    assertThat(entry.getKey()).isEqualTo("k");
    assertThat(entry.setValue("new")).isEqualTo("old");
    assertThat(entry.getValue()).isEqualTo("new");
    assertThat(storage.get("k")).contains("new");
    assertThat(entry).isEqualTo(Map.entry("k", "new")).hasSameHashCodeAs(Map.entry("k", "new"));
    assertThatThrownBy(() -> entry.setValue(null)).isInstanceOf(NullPointerException.class);
    assertThat(storage.get("k")).contains("new");
  }

  @Test
  @Promise(
      value = "Iterators of the map hold nothing open: many may be left halfway.",
      lookAt = {"Store.keys"})
  default void iteratorsMayBeLeftHalfway() {
    Storage<String> storage = storage();
    IntStream.range(0, 20).forEach(i -> storage.put("key-" + i, "v"));
    List<Iterator<String>> left = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Iterator<String> keys = storage.asMap().keySet().iterator();
      keys.next();
      left.add(keys);
    }
    storage.clear();
    assertThat(storage.size()).isZero();
    assertThat(left).hasSize(200);
  }

  @Test
  @Promise(
      "The conditional methods of the map compare values by equality, as ConcurrentMap "
          + "defines them.")
  default void conditionalMethodsDecideByContent() {
    ConcurrentMap<String, String> map = atomicMap();
    assertThat(map.putIfAbsent("k", "one")).isNull();
    assertThat(map.putIfAbsent("k", "two")).isEqualTo("one");
    assertThat(map.replace("k", "two")).isEqualTo("one");
    assertThat(map.replace("absent", "v")).isNull();
    assertThat(map.replace("k", "other", "three")).isFalse();
    assertThat(map.replace("k", "two", "three")).isTrue();
    assertThat(map.replace("absent", "two", "three")).isFalse();
    assertThat(map.remove("k", "two")).isFalse();
    assertThat(map.remove("k", 3)).isFalse();
    assertThat(map).containsExactly(Map.entry("k", "three"));
    assertThat(map.remove("k", "three")).isTrue();
    assertThat(map.remove("k", "three")).isFalse();
    assertThat(map.isEmpty()).isTrue();
  }

  @Test
  @Promise("The computing methods of the map store what their functions return; null removes.")
  default void computingMethodsStoreWhatTheirFunctionsReturn() {
    ConcurrentMap<String, String> map = atomicMap();
    assertThat(map.computeIfAbsent("k", key -> null)).isNull();
    assertThat(map.computeIfAbsent("k", key -> "one")).isEqualTo("one");
    assertThat(map.computeIfAbsent("k", key -> "two")).isEqualTo("one");
    assertThat(map.computeIfPresent("absent", (key, value) -> "v")).isNull();
    assertThat(map.computeIfPresent("k", (key, value) -> key + value)).isEqualTo("kone");
    assertThat(map.compute("k", (key, value) -> value + "!")).isEqualTo("kone!");
    assertThat(map.compute("fresh", (key, value) -> String.valueOf(value))).isEqualTo("null");
    assertThat(map.merge("k", "?", String::concat)).isEqualTo("kone!?");
    assertThat(map.merge("merged", "first", String::concat)).isEqualTo("first");
    map.replaceAll((key, value) -> key);
    assertThat(map)
        .containsOnly(
            Map.entry("k", "k"), Map.entry("fresh", "fresh"), Map.entry("merged", "merged"));
    assertThat(map.computeIfPresent("k", (key, value) -> null)).isNull();
    assertThat(map.compute("fresh", (key, value) -> null)).isNull();
    assertThat(map.merge("merged", "x", (value, given) -> null)).isNull();
    assertThat(map.isEmpty()).isTrue();
  }

  @Test
  @Promise("The exception of a function passes through the map, and nothing is changed.")
  default void aFunctionThatThrowsChangesNothing() {
    ConcurrentMap<String, String> map = atomicMap();
    map.put("k", "v");
    IllegalStateException own = new IllegalStateException("own");
    assertThatThrownBy(
            () ->
                map.compute(
                    "k",
                    (key, value) -> {
                      throw own;
                    }))
        .isSameAs(own);
    assertThatThrownBy(
            () ->
                map.computeIfAbsent(
                    "absent",
                    key -> {
                      throw own;
                    }))
        .isSameAs(own);
    assertThat(map).containsExactly(Map.entry("k", "v"));
  }

  @Test
  @Promise("Arrays are compared by content, in the map and its hash code.")
  default void arraysCompareByContent() {
    Storage<byte[]> storage = AdditionalStorages.ofBytes(this);
    ConcurrentMap<String, byte[]> map = storage.asMap();
    map.put("k", new byte[] {1, 2});
    map.put("empty", new byte[0]);
    assertThat(map.get("k")).containsExactly(1, 2);
    assertThat(map.containsValue(new byte[] {1, 2})).isTrue();
    assertThat(map.containsValue(new byte[] {1})).isFalse();
    assertThat(map.entrySet().contains(Map.entry("k", new byte[] {1, 2}))).isTrue();
    assertThat(map.equals(Map.of("k", new byte[] {1, 2}, "empty", new byte[0]))).isTrue();
    assertThat(map.equals(Map.of("k", new byte[] {1, 3}, "empty", new byte[0]))).isFalse();
    int hash = map.hashCode();
    map.put("k", new byte[] {1, 2});
    assertThat(map.hashCode()).isEqualTo(hash);
    if (storage.capabilities().contains(Capability.ATOMIC)) {
      assertThat(map.replace("k", new byte[] {1, 2}, new byte[] {3})).isTrue();
      assertThat(map.remove("k", new byte[] {1, 2})).isFalse();
      assertThat(map.remove("k", new byte[] {3})).isTrue();
    } else {
      assertThat(map.entrySet().remove(Map.entry("k", new byte[] {1, 2}))).isTrue();
    }
    assertThat(map).containsOnlyKeys("empty");
    assertThat(Arrays.equals(map.remove("empty"), new byte[0])).isTrue();
  }

  private ConcurrentMap<String, String> atomicMap() {
    Storage<String> storage = storage();
    Assume.has(storage, Capability.ATOMIC);
    return storage.asMap();
  }
}
