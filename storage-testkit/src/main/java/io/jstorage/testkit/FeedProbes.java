package io.jstorage.testkit;

import io.jstorage.Capability;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.spi.ChangeFeed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Probes for the contract of a feed of changes. */
final class FeedProbes {
  private FeedProbes() {}

  static ChangeFeed feedOf(Storage<?> storage) {
    return Assume.given(storage.unwrap(ChangeFeed.class), "feed of changes");
  }

  /** Changes of all kinds, each of a key of its own; entries that they need are made at once. */
  static Map<String, Runnable> changesOf(Storage<String> storage) {
    for (String key : List.of("overwritten", "removed", "removed with others")) {
      storage.put(key, "old");
    }
    Map<String, Runnable> changes = new LinkedHashMap<>();
    changes.put("written", () -> storage.put("written", "v"));
    changes.put("overwritten", () -> storage.put("overwritten", "v"));
    changes.put("removed", () -> storage.remove("removed"));
    changes.put("written with others", () -> storage.putAll(Map.of("written with others", "v")));
    changes.put(
        "removed with others", () -> storage.removeAll(List.of("removed with others", "other")));
    changes.put("loaded", () -> storage.get("loaded", key -> "v"));
    changes.put("written to the map", () -> storage.asMap().put("written to the map", "v"));
    if (storage.capabilities().contains(Capability.ATOMIC)) {
      storage.put("replaced", "old");
      storage.put("removed by version", "old");
      Version replaced = storage.entry("replaced").orElseThrow().version().orElseThrow();
      Version removed = storage.entry("removed by version").orElseThrow().version().orElseThrow();
      changes.put("put if absent", () -> storage.putIfAbsent("put if absent", "v"));
      changes.put("replaced", () -> storage.replace("replaced", replaced, "v"));
      changes.put("removed by version", () -> storage.remove("removed by version", removed));
    }
    if (storage.capabilities().contains(Capability.EXPIRY)) {
      changes.put("expiring", () -> storage.put("expiring", "v", Duration.ofHours(1)));
    }
    return changes;
  }

  static void await(RecordingListener listener, String key) {
    StallDetector.until(
        millis -> isTrue(() -> listener.has(key), millis),
        listener::calls,
        () -> "the change of the key '%s' was not reported, nor a loss".formatted(key));
  }

  static void await(Mirror mirror, BooleanSupplier event, String what) {
    StallDetector.until(
        millis -> isTrue(event, millis),
        mirror::calls,
        () -> "it does not come about that " + what);
  }

  private static boolean isTrue(BooleanSupplier event, long millis) throws InterruptedException {
    for (long waited = 0; waited < millis; waited++) {
      if (event.getAsBoolean()) {
        return true;
      }
      Thread.sleep(1);
    }
    return event.getAsBoolean();
  }
}
