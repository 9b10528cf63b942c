package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.InvalidKeyException;
import io.jstorage.Storage;
import io.jstorage.testkit.HostileKeys.LookAlikes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Any text of a certain length is a key; keys are distinguished exactly and come back as given. */
interface KeyContract extends StorageFixture {
  @Test
  @Promise(
      "Keys are distinguished exactly and listed as they were given: no mapping to names "
          + "merges, cuts or changes them.")
  default void allKeysAreDistinctAndComeBackExactly() {
    Storage<String> storage = storage();
    List<String> keys = HostileKeys.upTo(maxKeyBytes());
    keys.forEach(key -> storage.put(key, "value of " + key));
    for (String key : keys) {
      assertThat(storage.get(key)).contains("value of " + key);
      assertThat(storage.contains(key)).isTrue();
    }
    Listed.exactly(keys, Calls.keysOf(storage));
    assertThat(storage.size()).isEqualTo(keys.size());
    assertThat(storage.getAll(keys).keySet()).containsExactlyElementsOf(keys);
  }

  @Test
  @Promise("Keys that differ by very little are distinguished, in batches and listings too.")
  default void fuzzedKeysAreDistinctAndComeBackExactly() {
    Storage<String> storage = storage();
    List<String> keys = FuzzedKeys.of(fuzzedKeys(), maxKeyBytes(), Seed.get());
    Map<String, String> values = new HashMap<>();
    keys.forEach(key -> values.put(key, "value " + values.size()));
    storage.putAll(values);
    assertThat(storage.size()).isEqualTo(keys.size());
    assertSame(storage, keys, values);
    List<String> removed = keys.subList(0, keys.size() / 2);
    storage.removeAll(removed);
    values.keySet().removeAll(Set.copyOf(removed));
    assertSame(storage, keys, values);
    storage.clear();
    assertThat(Calls.keysOf(storage)).isEmpty();
  }

  /** One by one, as a difference of thousands of entries is unreadable. */
  private static void assertSame(
      Storage<String> storage, List<String> asked, Map<String, String> expected) {
    Map<String, String> found = storage.getAll(asked);
    for (String key : asked) {
      assertThat(found.get(key)).isEqualTo(expected.get(key));
    }
    List<String> listed = Calls.keysOf(storage);
    assertThat(listed).doesNotHaveDuplicates().hasSize(expected.size());
    for (String key : listed) {
      assertThat(expected.containsKey(key))
          .as("%s was put", MessageRepresentation.text(key))
          .isTrue();
    }
  }

  @Test
  @Promise(
      value = "remove removes the entry of its key and no other.",
      lookAt = {"Store.delete"})
  default void everyKeyIsRemovedAlone() {
    Storage<String> storage = storage();
    List<String> left = new ArrayList<>(HostileKeys.upTo(maxKeyBytes()));
    left.forEach(key -> storage.put(key, key));
    for (int i = left.size() - 1; i >= 0; i -= 2) {
      assertThat(storage.remove(left.get(i))).isTrue();
      left.remove(i);
    }
    Listed.exactly(left, Calls.keysOf(storage));
    for (String key : left) {
      assertThat(storage.get(key)).contains(key);
    }
  }

  @Test
  @Promise(
      value = "Two keys that look alike are two keys, for every operation.",
      lookAt = {"Store.read", "Store.contains", "Store.delete", "Store.write"})
  default void keysThatLookAlikeAreToldApart() {
    Storage<String> storage = storage();
    for (LookAlikes pair : HostileKeys.lookAlikes()) {
      storage.put(pair.one(), "one");
      assertThat(storage.get(pair.other())).isEmpty();
      assertThat(storage.contains(pair.other())).isFalse();
      assertThat(storage.remove(pair.other())).isFalse();
      storage.put(pair.other(), "other");
      assertThat(storage.get(pair.one())).contains("one");
      assertThat(storage.remove(pair.one())).isTrue();
      assertThat(storage.get(pair.other())).contains("other");
      assertThat(storage.remove(pair.other())).isTrue();
    }
  }

  @Test
  @Promise(
      "keys with a prefix lists the keys that start with it, character by character: no "
          + "pattern, no path, no case.")
  default void prefixesAreMatchedExactly() {
    Storage<String> storage = storage();
    List<String> keys = HostileKeys.upTo(maxKeyBytes());
    keys.forEach(key -> storage.put(key, "v"));
    List<String> prefixes = new ArrayList<>(keys);
    prefixes.addAll(List.of("", "k".repeat(50), "no such key", "f", "foo/b", "%", "../"));
    for (String prefix : prefixes) {
      Listed.exactly(
          keys.stream().filter(key -> key.startsWith(prefix)).toList(),
          Calls.list(storage.keys(prefix)));
    }
  }

  @Test
  @Promise(
      value =
          "Every operation refuses a string that is no key by InvalidKeyException, and "
              + "changes nothing.",
      lookAt = {
        "AbstractStorage checks this for a Store",
        " Keys.check where Storage is implemented directly"
      })
  default void stringsThatAreNoKeysAreRefusedByEveryOperation() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    for (String key : HostileKeys.invalid(maxKeyBytes())) {
      Calls.on(storage, key)
          .forEach(
              (name, call) ->
                  assertThat(catchThrowable(call))
                      .as(name)
                      .isInstanceOf(InvalidKeyException.class));
    }
    assertThat(Calls.keysOf(storage)).containsExactly("k");
  }

  @Test
  @Promise(
      value = "A loader does not run for a string that is no key.",
      lookAt = {
        "AbstractStorage checks this for a Store",
        " Keys.check where Storage is implemented directly"
      })
  default void noLoaderRunsForAStringThatIsNoKey() {
    Storage<String> storage = storage();
    List<String> loaded = new ArrayList<>();
    assertThatThrownBy(
            () ->
                storage.get(
                    "",
                    key -> {
                      loaded.add(key);
                      return "v";
                    }))
        .isInstanceOf(InvalidKeyException.class);
    assertThat(loaded).isEmpty();
  }

  @Test
  @Promise(
      value =
          "Keys of up to maxKeyBytes bytes in UTF-8 are taken; a longer one is refused by "
              + "InvalidKeyException that names the limit.",
      lookAt = {"Store.maxKeyBytes"})
  default void theRefusalOfALongKeyNamesTheLimit() {
    Storage<String> storage = storage();
    int max = maxKeyBytes();
    storage.put("k".repeat(max), "longest");
    assertThat(storage.get("k".repeat(max))).contains("longest");
    for (String key : List.of("k".repeat(max + 1), "\u00e9".repeat(max / 2 + 1))) {
      assertThatThrownBy(() -> storage.put(key, "v"))
          .isInstanceOf(InvalidKeyException.class)
          .hasMessageContaining(String.valueOf(max));
    }
  }

  @Test
  @Promise(
      value = "Keys are checked before the first access to the entries.",
      lookAt = {
        "AbstractStorage checks this for a Store",
        " Keys.check where Storage is implemented directly"
      })
  default void stringsThatAreNoKeysAreRefusedEvenWhereNoAccessIsPossible() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    Assume.that(FixtureMethods.call(this::breakAccess), "accesses do not fail");
    try {
      for (String key : HostileKeys.invalid(maxKeyBytes())) {
        assertThatThrownBy(() -> storage.get(key)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> storage.put(key, "v")).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> storage.putAll(Map.of("k", "v", key, "v")))
            .isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> storage.getAll(List.of("k", key)))
            .isInstanceOf(InvalidKeyException.class);
      }
    } finally {
      FixtureMethods.run(this::mendAccess);
    }
  }

  @Test
  @Promise(
      value = "Every operation refuses null by NullPointerException, and changes nothing.",
      lookAt = {"AbstractStorage checks this for a Store"})
  @SuppressWarnings("NullAway") // That is what is tried.
  default void nullIsRefusedByEveryOperation() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    Calls.on(storage, null)
        .forEach(
            (name, call) ->
                assertThat(catchThrowable(call)).as(name).isInstanceOf(NullPointerException.class));
    assertThatThrownBy(() -> storage.keys(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> storage.getAll(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> storage.putAll(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> storage.removeAll(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> storage.removeAll(Arrays.asList("k", null)))
        .isInstanceOf(NullPointerException.class);
    assertThat(storage.get("k")).contains("v");
    assertThat(storage.size()).isEqualTo(1);
  }
}
