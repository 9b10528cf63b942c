package io.jstorage.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The user's knowledge of a store at the moment at which the power fails.
 *
 * @param past the values that each key has had, an absence among them, since everything was on the
 *     disk; the last one is the one that was acknowledged last
 * @param inFlight what operations that have not returned would make of keys
 */
record Expectation(
    Map<String, List<Optional<String>>> past, Map<String, Optional<String>> inFlight) {
  /** Follows a recorded history. */
  static final class Tracker {
    private final Map<String, List<Optional<String>>> past = new LinkedHashMap<>();
    private final Map<Integer, Map<String, Optional<String>>> inFlight = new LinkedHashMap<>();

    void follow(DiskCall call) {
      if (call instanceof DiskCall.Started started) {
        inFlight.put(started.operation(), started.changes());
        for (String key : started.changes().keySet()) {
          past.computeIfAbsent(key, k -> new ArrayList<>(List.of(Optional.empty())));
        }
      } else if (call instanceof DiskCall.Returned returned) {
        Map<String, Optional<String>> changes = inFlight.remove(returned.operation());
        if (changes != null) {
          changes.forEach((key, value) -> past.getOrDefault(key, List.of()).add(value));
        }
      } else if (call instanceof DiskCall.Settled) {
        past.replaceAll((key, values) -> new ArrayList<>(List.of(values.get(values.size() - 1))));
      }
    }

    Expectation now() {
      Map<String, List<Optional<String>>> pastNow = new LinkedHashMap<>();
      past.forEach((key, values) -> pastNow.put(key, List.copyOf(values)));
      Map<String, Optional<String>> inFlightNow = new LinkedHashMap<>();
      inFlight.values().forEach(inFlightNow::putAll);
      return new Expectation(pastNow, inFlightNow);
    }
  }

  Set<String> keys() {
    return past.keySet();
  }

  /** The values that a key may have now, if none is torn. */
  Set<Optional<String>> whole(String key, Durability durability) {
    List<Optional<String>> values = past.getOrDefault(key, List.of());
    Set<Optional<String>> allowed =
        new LinkedHashSet<>(
            durability == Durability.FULL
                ? values.subList(values.size() - 1, values.size())
                : values);
    if (inFlight.containsKey(key)) {
      allowed.add(inFlight.getOrDefault(key, Optional.empty()));
    }
    return allowed;
  }

  /** Returns whether a key may have a value now, or none. */
  boolean allows(String key, Optional<String> value, Durability durability) {
    return whole(key, durability).contains(value)
        || (durability == Durability.NONE && value.isPresent() && isTorn(key, value.orElseThrow()));
  }

  /** Returns whether a text is what a cut or zeroed file makes of one of the key's own values. */
  private boolean isTorn(String key, String text) {
    byte[] found = text.getBytes(StandardCharsets.UTF_8);
    return whole(key, Durability.NONE).stream()
        .flatMap(Optional::stream)
        .map(value -> value.getBytes(StandardCharsets.UTF_8))
        .anyMatch(value -> isTorn(value, found));
  }

  private static boolean isTorn(byte[] value, byte[] found) {
    for (int i = 0; i < found.length; i++) {
      if (i >= value.length || (found[i] != 0 && found[i] != value[i])) {
        return false;
      }
    }
    return true;
  }
}
