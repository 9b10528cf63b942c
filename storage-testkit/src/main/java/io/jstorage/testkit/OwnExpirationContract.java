package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** For storages with an expiration of their own, with or without {@link Capability#EXPIRY}. */
interface OwnExpirationContract extends StorageFixture {
  @Test
  @Promise(
      value =
          "Every way of writing without a time to live gives the storage's own one, from "
              + "that write on.",
      lookAt = {"Store.write", "Store.writeAll"})
  default void everyWriteLivesAsLongAsTheStorageSays() {
    Storage<String> storage = storage();
    Duration own = Assume.given(expiration(), "expiration of its own");
    Map<String, Runnable> writes = writesWithoutTtl(storage);
    for (Map.Entry<String, Runnable> write : writes.entrySet()) {
      storage.clear();
      storage.put("k", "v");
      if (usesClock()) {
        clock().advance(own.minusMillis(1));
        assertThat(storage.get("k")).contains("v");
        write.getValue().run();
        clock().advance(own.minusMillis(1));
        assertThat(storage.get("k")).as("after %s", write.getKey()).isPresent();
        clock().advance(Duration.ofMillis(1));
      } else {
        write.getValue().run();
        Expiries.pass(this, own);
      }
      Expiries.assertGone(storage, "k");
    }
  }

  @Test
  @Promise("A loaded value lives as long as one that was put.")
  default void aLoadedValueLivesAsLongAsTheStorageSays() {
    Storage<String> storage = storage();
    Duration own = Assume.given(expiration(), "expiration of its own");
    assertThat(storage.get("k", key -> "first")).isEqualTo("first");
    Expiries.pass(this, own);
    assertThat(storage.get("k", key -> "second")).isEqualTo("second");
    assertThat(storage.get("k")).contains("second");
  }

  @Test
  @Promise(
      "An entry that has expired by the storage's own expiration counts as absent for "
          + "putIfAbsent.")
  default void entriesPastTheOwnExpirationCountAsAbsent() {
    Storage<String> storage = storage();
    Duration own = Assume.given(expiration(), "expiration of its own");
    Assume.has(storage, Capability.ATOMIC);
    storage.put("k", "old");
    Expiries.pass(this, own);
    assertThat(storage.putIfAbsent("k", "new")).isTrue();
    assertThat(storage.get("k")).contains("new");
  }

  @Test
  @Promise(
      value =
          "Cleaning up what has expired by the storage's own expiration never removes a "
              + "value that was written concurrently.",
      lookAt = {"Store.purgeExpired", "Store.read", "Store.readEntry"})
  default void cleaningUpByTheStoragesOwnRuleNeverRemovesAFreshValue() {
    Assume.that(usesClock(), "expires in real time");
    Storage<String> storage = storage();
    Duration own = Assume.given(expiration(), "expiration of its own");
    Assume.that(purges(storage), "a policy that cannot distinguish old entries from fresh ones");
    Expiries.assertFreshValuesSurvive(this, storage, () -> storage.put("k", "same"), own, "same");
  }

  @Test
  @Promise(
      "purgeExpired removes what has expired by the storage's own expiration, and nothing "
          + "else.")
  default void purgingRemovesWhatHasExpiredByTheStoragesOwnRule() {
    Storage<String> storage = storage();
    Duration own = Assume.given(expiration(), "expiration of its own");
    Assume.that(purges(storage), "a policy that cannot distinguish old entries from fresh ones");
    storage.put("a", "v");
    storage.put("b", "v");
    if (usesClock()) {
      // Before the others expire, as a write may remove what has expired.
      Expiries.pass(this, own.dividedBy(2));
      storage.put("fresh", "v");
      Expiries.pass(this, own.minus(own.dividedBy(2)));
      assertThat(storage.purgeExpired()).isEqualTo(2);
    } else {
      Expiries.pass(this, own);
      storage.put("fresh", "v");
      storage.purgeExpired();
    }
    assertThat(Calls.keysOf(storage)).containsExactly("fresh");
  }

  /** A policy over a store that is neither must leave the clean-up to others. */
  private static boolean purges(Storage<?> storage) {
    return Expiries.isAtomic(storage) || storage.capabilities().contains(Capability.EXPIRY);
  }

  private static Map<String, Runnable> writesWithoutTtl(Storage<String> storage) {
    Map<String, Runnable> writes = new LinkedHashMap<>();
    writes.put("put", () -> storage.put("k", "w"));
    writes.put("put of the same value", () -> storage.put("k", "v"));
    writes.put("putAll", () -> storage.putAll(Map.of("k", "w")));
    writes.put("asMap().put", () -> storage.asMap().put("k", "w"));
    writes.put(
        "asMap().put of what is there", () -> storage.asMap().put("k", storage.require("k")));
    writes.put("setValue", () -> storage.asMap().entrySet().iterator().next().setValue("w"));
    if (Expiries.isAtomic(storage)) {
      writes.put(
          "replace",
          () ->
              storage.replace("k", storage.entry("k").flatMap(Entry::version).orElseThrow(), "w"));
      writes.put("asMap().replace", () -> storage.asMap().replace("k", "w"));
      writes.put("asMap().compute", () -> storage.asMap().compute("k", (key, seen) -> seen + "w"));
    }
    return writes;
  }
}
