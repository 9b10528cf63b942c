package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.BatchException;
import io.jstorage.Capability;
import io.jstorage.CodecException;
import io.jstorage.KeyNotFoundException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A failure and a damaged entry are never taken for a miss, and harm no other entry. */
interface FailureContract extends StorageFixture {
  @Test
  @Promise(
      "Reading an entry that does not decode throws CodecException that names the key, and "
          + "all others can be read.")
  default void anEntryThatDoesNotDecodeIsACodecFailureOfItsKeyAlone() {
    Storage<String> storage = withDamagedEntry();
    assertThatThrownBy(() -> storage.get("bad"))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("bad");
    assertThatThrownBy(() -> storage.require("bad")).isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> storage.entry("bad")).isInstanceOf(CodecException.class);
    assertThatThrownBy(() -> storage.asMap().get("bad")).isInstanceOf(CodecException.class);
    assertThat(storage.get("good")).contains("1");
    assertThat(storage.contains("good")).isTrue();
    assertThat(Calls.keysOf(storage)).containsExactlyInAnyOrder("good", "bad");
    assertThat(storage.size()).isEqualTo(2);
  }

  @Test
  @Promise("An entry that does not decode is no miss: no loader runs for it.")
  default void noLoaderRunsForAnEntryThatDoesNotDecode() {
    Storage<String> storage = withDamagedEntry();
    assertThatThrownBy(
            () ->
                storage.get(
                    "bad",
                    key -> {
                      throw new AssertionError("loaded over a damaged entry");
                    }))
        .isInstanceOf(CodecException.class);
  }

  @Test
  @Promise(
      "getAll throws BatchException that names the key that does not decode, and that one "
          + "only.")
  default void aBatchNamesTheEntryThatDoesNotDecode() {
    Storage<String> storage = withDamagedEntry();
    BatchException e =
        catchThrowableOfType(
            BatchException.class, () -> storage.getAll(List.of("good", "bad", "absent")));
    assertThat(e).as("what getAll throws").isNotNull();
    assertThat(e.failures()).containsOnlyKeys("bad");
    assertThat(e.failures().get("bad")).isInstanceOf(CodecException.class);
  }

  @Test
  @Promise("A put replaces an entry that does not decode.")
  default void aPutRepairsAnEntryThatDoesNotDecode() {
    Storage<String> storage = withDamagedEntry();
    storage.put("bad", "mended");
    assertThat(storage.get("bad")).contains("mended");
  }

  @Test
  @Promise("remove removes an entry that does not decode, and returns true.")
  default void aRemoveRepairsAnEntryThatDoesNotDecode() {
    Storage<String> storage = withDamagedEntry();
    assertThat(storage.remove("bad")).isTrue();
    assertThat(storage.get("bad")).isEmpty();
    assertThat(Calls.keysOf(storage)).containsExactly("good");
  }

  @Test
  @Promise("clear removes entries that do not decode.")
  default void aClearRemovesAnEntryThatDoesNotDecode() {
    Storage<String> storage = withDamagedEntry();
    storage.clear();
    assertThat(storage.size()).isZero();
  }

  @Test
  @Promise("For putIfAbsent an entry that does not decode exists.")
  default void anEntryThatDoesNotDecodeIsNotAbsent() {
    Storage<String> storage = withDamagedEntry();
    Assume.has(storage, Capability.ATOMIC);
    assertThat(storage.putIfAbsent("bad", "v")).isFalse();
    assertThatThrownBy(() -> storage.get("bad")).isInstanceOf(CodecException.class);
  }

  @Test
  @Promise(
      "An access that fails is a StorageException for every operation, never a miss, and "
          + "leaves the entries as they were unless the outcome is unknown.")
  default void aFailedAccessIsNeitherAMissNorAChange() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>(Calls.onAll(storage));
    Calls.on(storage, "k").forEach((name, call) -> calls.put(name + " of a present key", call));
    Calls.on(storage, "absent")
        .forEach((name, call) -> calls.put(name + " of an absent key", call));
    Assume.that(FixtureMethods.call(this::breakAccess), "accesses do not fail");
    boolean unknown = false;
    try {
      for (Map.Entry<String, ThrowingCallable> call : calls.entrySet()) {
        Throwable e = catchThrowable(call.getValue());
        assertThat(e)
            .as(call.getKey())
            .isInstanceOf(StorageException.class)
            .isNotInstanceOf(KeyNotFoundException.class)
            .isNotInstanceOf(CodecException.class);
        unknown |= ((StorageException) e).outcomeUnknown();
      }
    } finally {
      FixtureMethods.run(this::mendAccess);
    }
    if (!unknown) {
      assertThat(storage.get("k")).contains("v");
      assertThat(storage.contains("absent")).isFalse();
    }
    storage.put("k", "after");
    assertThat(storage.get("k")).contains("after");
  }

  @Test
  @Promise(
      "The message of a failed access names operation and key, with control characters "
          + "escaped, and no value.")
  default void aFailedAccessNamesTheOperationAndTheKey() {
    Storage<String> storage = storage();
    storage.put("some\nkey", "v");
    Assume.that(FixtureMethods.call(this::breakAccess), "accesses do not fail");
    try {
      assertThatThrownBy(() -> storage.get("some\nkey"))
          .isInstanceOf(StorageException.class)
          .hasMessageContainingAll("get", "some", "key")
          .message()
          .doesNotContain("some\nkey");
      assertThatThrownBy(() -> storage.put("some\nkey", "secret value"))
          .isInstanceOf(StorageException.class)
          .hasMessageContainingAll("put", "some", "key")
          .message()
          .doesNotContain("some\nkey", "secret value");
    } finally {
      FixtureMethods.run(this::mendAccess);
    }
  }

  private Storage<String> withDamagedEntry() {
    Storage<String> storage = storage();
    storage.put("good", "1");
    storage.put("bad", "2");
    Assume.that(FixtureMethods.call(() -> damage("bad")), "entries cannot be damaged");
    return storage;
  }
}
