package io.jstorage.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The expected content of a storage: a plain map, the deadline of each entry, and the order of
 * access. An expired entry may or may not be listed until it is purged, and is remembered for that.
 */
final class Model {
  /** The result of one write; no two writes share one. */
  static final class Held {
    final String value;
    final Instant writtenAt;
    final @Nullable Instant deadline;

    Held(String value, Instant writtenAt, @Nullable Instant deadline) {
      this.value = value;
      this.writtenAt = writtenAt;
      this.deadline = deadline;
    }
  }

  private final InstantSource clock;
  private final @Nullable Duration expiration;
  private final int limit;
  private final long weight;
  private final ToLongBiFunction<String, String> weigher;

  /** The least recently used first. */
  private final Map<String, Held> live = new LinkedHashMap<>();

  private final Set<String> expired = new HashSet<>();

  Model(
      InstantSource clock,
      @Nullable Duration expiration,
      int limit,
      long weight,
      ToLongBiFunction<String, String> weigher) {
    this.clock = clock;
    this.expiration = expiration;
    this.limit = limit;
    this.weight = weight;
    this.weigher = weigher;
  }

  /** Returns the entry without counting as an access. */
  @Nullable Held held(String key) {
    return live.get(key);
  }

  @Nullable String peek(String key) {
    Held held = live.get(key);
    return held == null ? null : held.value;
  }

  /** Returns the value, as an access to it. */
  @Nullable String get(String key) {
    Held held = live.remove(key);
    if (held == null) {
      return null;
    }
    live.put(key, held);
    return held.value;
  }

  boolean contains(String key) {
    return live.containsKey(key);
  }

  /** Writes a value, which lives as long as all do unless a time to live is given. */
  void put(String key, String value, @Nullable Duration ttl) {
    Duration life = ttl == null ? expiration : ttl;
    Instant now = clock.instant();
    expired.remove(key);
    live.remove(key);
    if (weigher.applyAsLong(key, value) > weight) {
      return;
    }
    live.put(key, new Held(value, now, life == null ? null : now.plus(life)));
    while (live.size() > limit || weight() > weight) {
      live.remove(live.keySet().iterator().next());
    }
  }

  private long weight() {
    long sum = 0;
    for (Map.Entry<String, Held> each : live.entrySet()) {
      sum += weigher.applyAsLong(each.getKey(), each.getValue().value);
    }
    return sum;
  }

  boolean putIfAbsent(String key, String value, @Nullable Duration ttl) {
    if (live.containsKey(key)) {
      return false;
    }
    put(key, value, ttl);
    return true;
  }

  boolean remove(String key) {
    return live.remove(key) != null;
  }

  void clear() {
    live.clear();
    expired.clear();
  }

  /** Takes note of what the clock has let expire. */
  void expire() {
    live.forEach(
        (key, held) -> {
          if (held.deadline != null && !clock.instant().isBefore(held.deadline)) {
            expired.add(key);
          }
        });
    live.keySet().removeAll(expired);
  }

  /** Nothing that has expired may be listed from now on. */
  void forgetExpired() {
    expired.clear();
  }

  int size() {
    return live.size();
  }

  /** How many may be listed that have expired. */
  int lingering() {
    return expired.size();
  }

  /** The values by key; a copy. */
  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    live.forEach((key, held) -> entries.put(key, held.value));
    return entries;
  }

  /** The keys that a listing must name. */
  Set<String> keys(String prefix) {
    return startingWith(prefix, live.keySet());
  }

  /** The keys that a listing may name as well. */
  Set<String> lingering(String prefix) {
    return startingWith(prefix, expired);
  }

  private static Set<String> startingWith(String prefix, Set<String> keys) {
    Set<String> found = new LinkedHashSet<>(keys);
    found.removeIf(key -> !key.startsWith(prefix));
    return found;
  }
}
