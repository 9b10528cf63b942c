package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Declared capabilities work, as the other parts try; undeclared ones are refused. */
interface CapabilityContract extends StorageFixture {
  @Test
  @Promise("capabilities returns the same unmodifiable set for the life of the object.")
  default void theCapabilitiesNeverChange() {
    Storage<String> storage = storage();
    List<Capability> declared = new ArrayList<>(storage.capabilities());
    storage.put("k", "v");
    storage.clear();
    assertThat(storage.capabilities()).containsExactlyInAnyOrderElementsOf(declared);
    assertThatThrownBy(() -> storage.capabilities().clear())
        .as("a change of the set of capabilities")
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @Promise(
      value =
          "Without Capability.ATOMIC every conditional write throws "
              + "UnsupportedOperationException that names ATOMIC, and changes nothing.",
      lookAt = {"Store.capabilities"})
  default void conditionalWritesAreRefusedWhereTheStorageIsNotAtomic() {
    Storage<String> storage = storage();
    Assume.hasNot(storage, Capability.ATOMIC);
    storage.put("k", "v");
    List<String> asked = new ArrayList<>();
    ConcurrentMap<String, String> map = storage.asMap();
    for (String key : List.of("k", "absent")) {
      Version version = storage.entry(key).flatMap(Entry::version).orElse(Version.of(1));
      Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
      calls.put("putIfAbsent", () -> storage.putIfAbsent(key, "w"));
      calls.put("replace", () -> storage.replace(key, version, "w"));
      calls.put("remove(version)", () -> storage.remove(key, version));
      calls.put("asMap().putIfAbsent", () -> map.putIfAbsent(key, "w"));
      calls.put("asMap().replace", () -> map.replace(key, "w"));
      calls.put("asMap().replace(old, new)", () -> map.replace(key, "v", "w"));
      calls.put("asMap().remove(value)", () -> map.remove(key, "v"));
      calls.put("asMap().computeIfAbsent", () -> map.computeIfAbsent(key, k -> ask(asked, "w")));
      calls.put(
          "asMap().computeIfPresent", () -> map.computeIfPresent(key, (k, v) -> ask(asked, "w")));
      calls.put("asMap().compute", () -> map.compute(key, (k, v) -> ask(asked, "w")));
      calls.put("asMap().merge", () -> map.merge(key, "w", (v, w) -> ask(asked, w)));
      calls.put("asMap().replaceAll", () -> map.replaceAll((k, v) -> ask(asked, "w")));
      assertRefused(calls, "ATOMIC");
    }
    assertThat(asked).as("functions called").isEmpty();
    assertUntouched(storage);
  }

  @Test
  @Promise(
      value =
          "Without Capability.EXPIRY every time to live is refused by "
              + "UnsupportedOperationException that names EXPIRY, and nothing is changed.",
      lookAt = {"Store.capabilities"})
  default void timesToLiveAreRefusedWhereTheStorageHasNoExpiry() {
    Storage<String> storage = storage();
    Assume.hasNot(storage, Capability.EXPIRY);
    storage.put("k", "v");
    Duration ttl = Duration.ofHours(1);
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("put(ttl)", () -> storage.put("k", "w", ttl));
    calls.put("putAll(ttl)", () -> storage.putAll(Map.of("k", "w", "absent", "w"), ttl));
    calls.put("put(ttl) of an absent key", () -> storage.put("absent", "w", ttl));
    if (storage.capabilities().contains(Capability.ATOMIC)) {
      Version version = storage.entry("k").flatMap(Entry::version).orElseThrow();
      calls.put("putIfAbsent(ttl)", () -> storage.putIfAbsent("absent", "w", ttl));
      calls.put("replace(ttl)", () -> storage.replace("k", version, "w", ttl));
    }
    if (expiration().isEmpty()) {
      calls.put("purgeExpired", storage::purgeExpired);
    }
    assertRefused(calls, "EXPIRY");
    assertUntouched(storage);
  }

  @Test
  @Promise("unwrap is empty for a type that nothing underneath has, and refuses null.")
  @SuppressWarnings("NullAway") // That is what is tried.
  default void unwrappingToAStrangeTypeIsEmpty() {
    Storage<String> storage = storage();
    assertThat(storage.unwrap(Thread.class)).isEmpty();
    assertThatThrownBy(() -> storage.unwrap(null)).isInstanceOf(NullPointerException.class);
  }

  private static String ask(List<String> asked, String answer) {
    asked.add(answer);
    return answer;
  }

  private static void assertRefused(Map<String, ThrowingCallable> calls, String capability) {
    calls.forEach(
        (name, call) ->
            assertThat(catchThrowable(call))
                .as(name)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(capability));
  }

  private static void assertUntouched(Storage<String> storage) {
    assertThat(storage.get("k")).contains("v");
    assertThat(Calls.keysOf(storage)).containsExactly("k");
  }
}
