package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.CodecException;
import io.jstorage.InvalidKeyException;
import io.jstorage.Storage;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Batches: all keys are checked first, and then all are attempted. */
interface BatchContract extends StorageFixture {
  @Test
  @Promise(
      "getAll returns the entries in the order of the request, each key once, without those "
          + "that are absent.")
  default void getAllKeepsTheOrderOfTheRequest() {
    Storage<String> storage = storage();
    storage.putAll(Map.of("a", "1", "b", "2", "c", "3"));
    assertThat(storage.getAll(List.of("c", "absent", "a", "c", "b", "a")))
        .containsExactly(Map.entry("c", "3"), Map.entry("a", "1"), Map.entry("b", "2"));
    assertThat(storage.getAll(List.of())).isEmpty();
    assertThat(storage.getAll(List.of("absent", "too"))).isEmpty();
  }

  @Test
  @Promise("The result of getAll is unmodifiable, and no view: later writes do not show in it.")
  default void theResultOfGetAllCannotBeChanged() {
    Storage<String> storage = storage();
    storage.put("a", "1");
    for (Collection<String> keys : List.of(List.of("a"), List.of("absent"), List.<String>of())) {
      Map<String, String> result = storage.getAll(keys);
      assertThatThrownBy(() -> result.put("x", "v"))
          .isInstanceOf(UnsupportedOperationException.class);
    }
    Map<String, String> result = storage.getAll(List.of("a"));
    assertThatThrownBy(() -> result.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> result.entrySet().iterator().next().setValue("x"))
        .isInstanceOf(UnsupportedOperationException.class);
    storage.put("a", "2");
    assertThat(result).containsExactly(Map.entry("a", "1"));
  }

  @Test
  @Promise(
      "A batch of any size is carried out for every key, also where it is larger than a page "
          + "or a pipeline.")
  default void aLargeBatchIsCarriedOutWhole() {
    Storage<String> storage = storage();
    Map<String, String> values = new LinkedHashMap<>();
    IntStream.range(0, many()).forEach(i -> values.put("key-" + i, "value-" + i));
    storage.putAll(values);
    assertThat(storage.size()).isEqualTo(many());
    assertThat(storage.getAll(values.keySet())).containsExactlyEntriesOf(values);
    List<String> even = IntStream.range(0, many() / 2).mapToObj(i -> "key-" + 2 * i).toList();
    storage.removeAll(even);
    assertThat(storage.size()).isEqualTo(many() - many() / 2);
    assertThat(storage.getAll(even)).isEmpty();
    values.keySet().removeAll(even);
    assertThat(storage.getAll(values.keySet())).containsExactlyEntriesOf(values);
  }

  @Test
  @Promise("Batches take every valid key.")
  default void batchesTakeEveryKey() {
    Storage<String> storage = storage();
    Map<String, String> values = new LinkedHashMap<>();
    HostileKeys.upTo(maxKeyBytes()).forEach(key -> values.put(key, "value of " + key));
    storage.putAll(values);
    assertThat(storage.getAll(values.keySet())).containsExactlyEntriesOf(values);
    storage.removeAll(values.keySet());
    assertThat(storage.size()).isZero();
  }

  @Test
  @Promise("A batch replaces, removes and reads the keys that it names, and no other.")
  default void batchesTouchOnlyTheirKeys() {
    Storage<String> storage = storage();
    storage.put("old", "1");
    storage.put("bystander", "1");
    storage.putAll(Map.of("old", "2", "new", "2"));
    assertThat(storage.getAll(List.of("old", "new", "bystander")))
        .containsExactly(Map.entry("old", "2"), Map.entry("new", "2"), Map.entry("bystander", "1"));
    storage.removeAll(List.of("old", "absent", "old"));
    storage.putAll(Map.of());
    storage.removeAll(List.of());
    assertThat(Calls.keysOf(storage)).containsExactlyInAnyOrder("new", "bystander");
  }

  @Test
  @Promise(
      "A batch with one invalid key is refused as a whole by InvalidKeyException, before "
          + "anything is changed.")
  default void aBatchWithAStringThatIsNoKeyChangesNothing() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    for (String invalid : HostileKeys.invalid(maxKeyBytes())) {
      Map<String, String> values = new LinkedHashMap<>();
      values.put("k", "w");
      values.put("first", "w");
      values.put(invalid, "w");
      assertThatThrownBy(() -> storage.putAll(values)).isInstanceOf(InvalidKeyException.class);
      assertThatThrownBy(() -> storage.removeAll(List.of("k", invalid)))
          .isInstanceOf(InvalidKeyException.class);
      assertThatThrownBy(() -> storage.getAll(List.of("k", invalid)))
          .isInstanceOf(InvalidKeyException.class);
    }
    assertUntouched(storage);
  }

  @Test
  @Promise(
      "A batch with null in it is refused as a whole by NullPointerException, before "
          + "anything is changed.")
  @SuppressWarnings("NullAway") // That is what is tried.
  default void aBatchWithNullChangesNothing() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    Map<String, String> nullKey = new LinkedHashMap<>(Map.of("k", "w"));
    nullKey.put(null, "w");
    Map<String, String> nullValue = new LinkedHashMap<>(Map.of("k", "w"));
    nullValue.put("first", null);
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("putAll of a null key", () -> storage.putAll(nullKey));
    calls.put("putAll of a null value", () -> storage.putAll(nullValue));
    calls.put("removeAll", () -> storage.removeAll(Arrays.asList("k", null)));
    calls.put("getAll", () -> storage.getAll(Arrays.asList("k", null)));
    calls.put("asMap().putAll of a null key", () -> storage.asMap().putAll(nullKey));
    calls.put("asMap().putAll of a null value", () -> storage.asMap().putAll(nullValue));
    calls.forEach(
        (name, call) ->
            assertThat(catchThrowable(call)).as(name).isInstanceOf(NullPointerException.class));
    assertUntouched(storage);
  }

  @Test
  @Promise(
      "putAll encodes all values before it stores the first: a value that the codec refuses "
          + "leaves everything as it was.")
  default void aBatchWithAValueThatIsRefusedStoresNothing() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    Map<String, String> values = new LinkedHashMap<>();
    values.put("k", "w");
    values.put("first", "w");
    values.put("broken", "half \ud83d");
    Throwable e = catchThrowable(() -> storage.putAll(values));
    Assume.that(e != null, "every text can be stored");
    assertThat(e).isInstanceOf(CodecException.class).hasMessageContaining("broken");
    assertUntouched(storage);
  }

  private static void assertUntouched(Storage<String> storage) {
    assertThat(storage.get("k")).contains("v");
    assertThat(Calls.keysOf(storage)).containsExactly("k");
  }
}
