package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.CodecException;
import io.jstorage.Entry;
import io.jstorage.KeyNotFoundException;
import io.jstorage.Storage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An entry exists after it is put, not after it is removed, and a miss is a miss. */
interface ValueContract extends StorageFixture {
  @Test
  @Promise("A miss is empty or false, never null and never an exception.")
  default void aMissIsEmpty() {
    Storage<String> storage = storage();
    assertThat(storage.get("absent")).isEmpty();
    assertThat(storage.entry("absent")).isEmpty();
    assertThat(storage.contains("absent")).isFalse();
    assertThat(storage.remove("absent")).isFalse();
    assertThat(storage.getAll(List.of("absent"))).isEmpty();
    assertThat(storage.size()).isZero();
  }

  @Test
  @Promise(
      "require throws KeyNotFoundException; the message shows the key on one line, control "
          + "characters escaped and cut where it is long.")
  default void aRequiredKeyThatIsAbsentIsNamed() {
    Storage<String> storage = storage();
    assertThatThrownBy(() -> storage.require("absent"))
        .isInstanceOf(KeyNotFoundException.class)
        .hasMessageContaining("absent");
    String nasty = "first\nsecond\0\u202e" + "x".repeat(200);
    Throwable e = catchThrowable(() -> storage.require(nasty));
    assertThat(e).isInstanceOf(KeyNotFoundException.class);
    assertThat(e.getMessage())
        .contains("first", "second")
        .doesNotContain("\n", "\0", "\u202e", "x".repeat(150));
  }

  @Test
  @Promise(
      value = "A value that was put exists for every way of reading.",
      lookAt = {"Store.write", "Store.read", "Store.readEntry", "Store.contains"})
  default void aValueThatWasPutExists() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    assertThat(storage.get("k")).contains("v");
    assertThat(storage.require("k")).isEqualTo("v");
    assertThat(storage.entry("k").map(Entry::value)).contains("v");
    assertThat(storage.contains("k")).isTrue();
    assertThat(storage.get("other")).isEmpty();
  }

  @Test
  @Promise(
      value = "A put replaces the value, be it longer or shorter.",
      lookAt = {"Store.write", "Store.read", "Store.count"})
  default void aPutReplacesTheValue() {
    Storage<String> storage = storage();
    for (String value : List.of("first", "x".repeat(10_000), "", "last")) {
      storage.put("k", value);
      assertThat(storage.get("k")).contains(value);
      assertThat(storage.size()).isEqualTo(1);
    }
  }

  @Test
  @Promise("remove returns true if there was an entry, and afterwards there is none.")
  default void aRemoveIsTrueOnce() {
    Storage<String> storage = storage();
    storage.put("k", "v");
    storage.put("other", "v");
    assertThat(storage.remove("k")).isTrue();
    assertThat(storage.remove("k")).isFalse();
    assertThat(storage.get("k")).isEmpty();
    assertThat(storage.contains("k")).isFalse();
    storage.put("k", "again");
    assertThat(storage.get("k")).contains("again");
    assertThat(storage.get("other")).contains("v");
  }

  @Test
  @Promise(
      value =
          "Every value comes back exactly: the empty one, a long one, and one of special "
              + "characters.",
      lookAt = {"Store.write", "Store.read"})
  default void valuesComeBackExactly() {
    Storage<String> storage = storage();
    for (String value :
        List.of(
            "",
            " ",
            "\0",
            "\r\n",
            "null",
            "\"quoted\"",
            "\ufeffmarked",
            "\ud83d\ude00",
            "e\u0301",
            "\u2028",
            "x".repeat(1 << 20))) {
      storage.put("k", value);
      assertThat(storage.get("k").orElseThrow().equals(value)).isTrue();
    }
  }

  @Test
  @Promise(
      "A value comes back exactly, or is refused by CodecException that names the key, and "
          + "the old value stays.")
  default void aValueComesBackExactlyOrIsRefusedAndTheOldOneStays() {
    Storage<String> storage = storage();
    String broken = "half \ud83d";
    Calls.stores(storage, "k", broken)
        .forEach(
            (name, call) -> {
              storage.put("k", "old");
              Throwable e = catchThrowable(call);
              if (e != null) {
                assertThat(e).as(name).isInstanceOf(CodecException.class);
                assertThat(e.getMessage()).as(name).contains("k");
                assertThat(storage.get("k")).as(name).contains("old");
              } else {
                assertThat(storage.require("k")).as(name).isIn("old", broken);
              }
            });
  }

  @Test
  @Promise("A null value is refused by NullPointerException, and the old one stays.")
  @SuppressWarnings("NullAway") // That is what is tried.
  default void aNullValueIsRefusedAndTheOldOneStays() {
    Storage<String> storage = storage();
    storage.put("k", "old");
    Calls.stores(storage, "k", null)
        .forEach(
            (name, call) -> {
              if (!name.equals("get(loader)")) {
                assertThat(catchThrowable(call)).as(name).isInstanceOf(NullPointerException.class);
                assertThat(storage.get("k")).as(name).contains("old");
              }
            });
  }
}
