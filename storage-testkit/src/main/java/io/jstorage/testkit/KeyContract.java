package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
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

/** Any text of a certain length is a key; keys are told apart exactly and come back as given. */
interface KeyContract extends StorageFixture {
  /** A mapping that merges, cuts or changes keys shows when all are there at once. */
  @Test
  default void allKeysAreDistinctAndComeBackExactly() {
    Storage<String> storage = storage();
    List<String> keys = HostileKeys.upTo(maxKeyBytes());
    keys.forEach(key -> storage.put(key, "value of " + key));
    for (String key : keys) {
      assertThat(storage.get(key)).as(key).contains("value of " + key);
      assertThat(storage.contains(key)).as(key).isTrue();
    }
    assertThat(Calls.keysOf(storage)).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(storage.size()).isEqualTo(keys.size());
    assertThat(storage.getAll(keys).keySet()).containsExactlyElementsOf(keys);
  }

  /** Many of them differ from another one by very little. */
  @Test
  default void fuzzedKeysAreDistinctAndComeBackExactly() {
    Storage<String> storage = storage();
    List<String> keys = FuzzedKeys.of(fuzzedKeys(), maxKeyBytes(), 20_260_101);
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

  /** One by one, as a difference of thousands of entries tells nobody anything. */
  private static void assertSame(
      Storage<String> storage, List<String> asked, Map<String, String> expected) {
    Map<String, String> found = storage.getAll(asked);
    for (String key : asked) {
      assertThat(found.get(key)).as(key).isEqualTo(expected.get(key));
    }
    List<String> listed = Calls.keysOf(storage);
    assertThat(listed).doesNotHaveDuplicates().hasSize(expected.size());
    for (String key : listed) {
      assertThat(expected.containsKey(key)).as("%s was put", key).isTrue();
    }
  }

  /** Removing one of many never removes another. */
  @Test
  default void everyKeyIsRemovedAlone() {
    Storage<String> storage = storage();
    List<String> left = new ArrayList<>(HostileKeys.upTo(maxKeyBytes()));
    left.forEach(key -> storage.put(key, key));
    for (int i = left.size() - 1; i >= 0; i -= 2) {
      assertThat(storage.remove(left.get(i))).as(left.get(i)).isTrue();
      left.remove(i);
    }
    assertThat(Calls.keysOf(storage)).containsExactlyInAnyOrderElementsOf(left);
    for (String key : left) {
      assertThat(storage.get(key)).as(key).contains(key);
    }
  }

  /** The same pair by pair, to name what is merged with what. */
  @Test
  default void keysThatLookAlikeAreToldApart() {
    Storage<String> storage = storage();
    for (LookAlikes pair : HostileKeys.lookAlikes()) {
      storage.put(pair.one(), "one");
      assertThat(storage.get(pair.other())).as("%s", pair).isEmpty();
      assertThat(storage.contains(pair.other())).as("%s", pair).isFalse();
      assertThat(storage.remove(pair.other())).as("%s", pair).isFalse();
      storage.put(pair.other(), "other");
      assertThat(storage.get(pair.one())).as("%s", pair).contains("one");
      assertThat(storage.remove(pair.one())).as("%s", pair).isTrue();
      assertThat(storage.get(pair.other())).as("%s", pair).contains("other");
      assertThat(storage.remove(pair.other())).as("%s", pair).isTrue();
    }
  }

  /** Also with the characters that are special in patterns and paths. */
  @Test
  default void prefixesAreMatchedExactly() {
    Storage<String> storage = storage();
    List<String> keys = HostileKeys.upTo(maxKeyBytes());
    keys.forEach(key -> storage.put(key, "v"));
    List<String> prefixes = new ArrayList<>(keys);
    prefixes.addAll(List.of("", "k".repeat(50), "no such key", "f", "foo/b", "%", "../"));
    for (String prefix : prefixes) {
      assertThat(Calls.list(storage.keys(prefix)))
          .as("keys starting with %s", prefix)
          .containsExactlyInAnyOrderElementsOf(
              keys.stream().filter(key -> key.startsWith(prefix)).toList());
    }
  }

  /** Refused with the reason, and nothing is changed. */
  @Test
  default void stringsThatAreNoKeysAreRefusedByEveryOperation() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    for (String key : HostileKeys.invalid(maxKeyBytes())) {
      Calls.on(storage, key)
          .forEach(
              (name, call) ->
                  assertThat(catchThrowable(call))
                      .as("%s of %.20s", name, key)
                      .isInstanceOf(InvalidKeyException.class));
    }
    assertThat(Calls.keysOf(storage)).containsExactly("k");
  }

  /** A loader is not asked for what cannot be stored. */
  @Test
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

  /** The limit is exact, and counted in bytes of UTF-8. */
  @Test
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

  /** The check comes before any access to the store. */
  @Test
  default void stringsThatAreNoKeysAreRefusedEvenWhereNoAccessIsPossible() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    Assume.that(Hook.call(this::breakAccess), "accesses do not fail");
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
      Hook.run(this::mendAccess);
    }
  }

  /** Null is a mistake of the program, not a key. */
  @Test
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
