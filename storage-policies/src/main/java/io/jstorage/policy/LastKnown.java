package io.jstorage.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that a storage was last seen to hold, the most recently seen of them.
 *
 * <p>Each change of a key is told before it begins and when it is over, so that what a read saw
 * beside a change is not remembered in place of what the change left. Changes are told apart by
 * groups of keys: of two in one group at a time, neither is remembered.
 */
final class LastKnown<V> {
  private static final int GROUPS = 1 << 8;

  /** For how long values are served after they were seen; null to remember nothing. */
  private final @Nullable Duration maxAge;

  private final int limit;
  private final Map<String, Seen<V>> values = new LinkedHashMap<>(16, 0.75f, true);

  /** Moves on when a change in the group begins, and when it ends. */
  private final long[] changes = new long[GROUPS];

  /** A value, and a moment at which the storage held it. */
  private record Seen<V>(V value, Instant when) {}

  LastKnown(@Nullable Duration maxAge, int limit) {
    this.maxAge = maxAge;
    this.limit = limit;
  }

  private static int group(String key) {
    int hash = key.hashCode() * 0x9e3779b9;
    return hash >>> 24;
  }

  /** Tells that a key is going to be read; returns a note for {@link #saw}. */
  synchronized long beforeRead(String key) {
    return changes[group(key)];
  }

  /**
   * Remembers what a read saw, unless the key was changed meanwhile.
   *
   * @param value null if there was none
   * @param when when the read began
   */
  synchronized void saw(String key, long note, @Nullable V value, Instant when) {
    if (changes[group(key)] == note) {
      remember(key, value, when);
    }
  }

  /** Tells that a key is going to be changed; returns a note for the end. */
  synchronized long beforeChange(String key) {
    return ++changes[group(key)];
  }

  /**
   * Ends a change, and remembers what it left.
   *
   * @param value null if that is nothing, or not known
   * @param when when the change began
   */
  synchronized void changed(String key, long note, @Nullable V value, Instant when) {
    remember(key, changes[group(key)] == note ? value : null, when);
    changes[group(key)]++;
  }

  /** Ends a change that did not happen. */
  synchronized void unchanged(String key) {
    changes[group(key)]++;
  }

  /** Forgets everything, when a change of everything begins and when it ends. */
  synchronized void forgetAll() {
    values.clear();
    for (int group = 0; group < GROUPS; group++) {
      changes[group]++;
    }
  }

  private void remember(String key, @Nullable V value, Instant when) {
    if (value == null) {
      values.remove(key);
    } else if (maxAge != null) {
      values.put(key, new Seen<>(value, when));
      if (values.size() > limit) {
        values.remove(values.keySet().iterator().next());
      }
    }
  }

  /** Returns what a key was last known to have, if that is young enough; else null. */
  synchronized @Nullable V find(String key, Instant now) {
    Seen<V> seen = values.get(key);
    if (seen == null || maxAge == null) {
      return null;
    }
    if (TimeComparisons.hasPassed(seen.when, maxAge, now)) {
      values.remove(key);
      return null;
    }
    return seen.value;
  }
}
