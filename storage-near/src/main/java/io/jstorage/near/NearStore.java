package io.jstorage.near;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.RemovalCause;
import io.jstorage.Statistics;
import io.jstorage.Storage;
import io.jstorage.near.NearCache.Reading;
import io.jstorage.spi.Access;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.Condition;
import io.jstorage.spi.LoadCounter;
import io.jstorage.spi.PolicyStore;
import io.jstorage.spi.StatisticsCounters;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The far storage, with each call on one key known to the near cache. */
final class NearStore<V> extends PolicyStore<V> {
  private final NearCache<V> near;
  private final @Nullable StatisticsCounters counts;
  private final Capabilities able;

  /** Whether an entry may have a deadline, which only reading it as an entry shows. */
  private final boolean mayExpire;

  NearStore(Storage<V> far, NearCache<V> near) throws IOException {
    // Values that a fallback or a refresh serves would be kept as if they were the storage's own.
    super("storage.near", far, "storage.fallback", "storage.refresh");
    this.near = near;
    this.counts = near.counts();
    this.able = super.capabilities();
    // A storage that is read only declares no expiry, and its entries may expire all the same.
    this.mayExpire =
        able.has(Capability.EXPIRY)
            || able.has(Capability.WRITE_TIME)
            || stack().has("storage.readonly");
  }

  @Override
  public Capabilities capabilities() {
    return able;
  }

  @Override
  public @Nullable V read(String key, Access access) throws IOException {
    NearEntry<V> known = near.find(key);
    if (known != null) {
      if (access == Access.TOUCH) {
        known.use();
        countHits(1);
      }
      return known.value;
    }
    Entry<V> seen = readFar(key, access, mayExpire);
    return seen == null ? null : seen.value();
  }

  /** Asks the far storage: who wants an entry wants the present one, with its version. */
  @Override
  public @Nullable Entry<V> readEntry(String key, Access access) throws IOException {
    return readFar(key, access, true);
  }

  private @Nullable Entry<V> readFar(String key, Access access, boolean whole) throws IOException {
    Reading<V> reading = near.beginReading(key);
    Entry<V> seen = null;
    boolean keep = false;
    try {
      if (whole) {
        seen = super.readEntry(key, access);
      } else {
        V value = super.read(key, access);
        seen = value == null ? null : Entry.of(value);
      }
      // A look that is no access makes no room for its entry.
      keep = access == Access.TOUCH;
      if (counts != null && keep) {
        counts.addMisses(1);
      }
    } finally {
      if (keep) {
        near.end(reading, seen);
      } else {
        near.endUnkept(reading);
      }
      near.tell();
    }
    return seen;
  }

  @Override
  public boolean contains(String key) throws IOException {
    NearEntry<V> known = near.find(key);
    if (known != null) {
      return known.value != null;
    }
    Reading<V> reading = near.beginReading(key);
    boolean absent = false;
    try {
      absent = !super.contains(key);
    } finally {
      if (absent) {
        near.end(reading, null);
      } else {
        near.endUnkept(reading);
      }
      near.tell();
    }
    return !absent;
  }

  @Override
  public Map<String, V> readAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    Map<String, V> found = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (String key : keys) {
      NearEntry<V> known = near.find(key);
      if (known == null) {
        missing.add(key);
      } else if (known.value != null) {
        known.use();
        found.put(key, known.value);
      }
    }
    countHits(keys.size() - missing.size());
    if (!missing.isEmpty()) {
      found.putAll(readAllFar(missing, failed));
    }
    return found;
  }

  private void countHits(int hits) {
    if (counts != null) {
      counts.addHits(hits);
    }
  }

  private Map<String, V> readAllFar(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    List<Reading<V>> readings = new ArrayList<>(keys.size());
    Set<String> failures = ConcurrentHashMap.newKeySet();
    Map<String, V> found = null;
    try {
      keys.forEach(key -> readings.add(near.beginReading(key)));
      found =
          super.readAll(
              keys,
              (key, failure) -> {
                failures.add(key);
                failed.accept(key, failure);
              });
      if (counts != null) {
        counts.addMisses(keys.size() - failures.size());
      }
      return found;
    } finally {
      for (int i = 0; i < readings.size(); i++) {
        String key = keys.get(i);
        V value = found == null ? null : found.get(key);
        boolean known = found != null && !failures.contains(key) && (value == null || !mayExpire);
        if (known) {
          near.end(readings.get(i), value == null ? null : Entry.of(value));
        } else {
          // A batch tells no deadlines.
          near.endUnkept(readings.get(i));
        }
      }
      near.tell();
    }
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) throws IOException {
    boolean written = false;
    NearEntry<V> old = near.beginChange(key);
    try {
      written = super.write(key, value, options);
      if (counts != null && written) {
        counts.addPuts(1);
      }
      return written;
    } finally {
      endChange(key, old, written ? RemovalCause.REPLACED : RemovalCause.INVALIDATED);
      near.tell();
    }
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    boolean deleted = false;
    NearEntry<V> old = near.beginChange(key);
    try {
      deleted = super.delete(key, condition);
      if (counts != null && deleted) {
        counts.addRemovals(1);
      }
      return deleted;
    } finally {
      endChange(key, old, deleted ? RemovalCause.REMOVED : RemovalCause.INVALIDATED);
      near.tell();
    }
  }

  private void endChange(String key, @Nullable NearEntry<V> old, RemovalCause cause) {
    near.endChange(key);
    near.left(old, cause);
  }

  @Override
  public void writeAll(
      Map<String, V> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    int written =
        changeAll(
            values.keySet(),
            RemovalCause.REPLACED,
            failed,
            noted -> super.writeAll(values, options, noted));
    if (counts != null) {
      counts.addPuts(written);
    }
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    changeAll(keys, RemovalCause.REMOVED, failed, noted -> super.deleteAll(keys, noted));
  }

  @FunctionalInterface
  private interface Change {
    void run(BiConsumer<String, Exception> failed) throws IOException;
  }

  /** Returns of how many keys the change did not fail. */
  private int changeAll(
      Collection<String> keys,
      RemovalCause cause,
      BiConsumer<String, Exception> failed,
      Change change)
      throws IOException {
    Set<String> failures = ConcurrentHashMap.newKeySet();
    Map<String, @Nullable NearEntry<V>> begun = new HashMap<>();
    boolean ended = false;
    try {
      for (String key : keys) {
        begun.put(key, near.beginChange(key));
      }
      change.run(
          (key, failure) -> {
            failures.add(key);
            failed.accept(key, failure);
          });
      ended = true;
      return keys.size() - failures.size();
    } finally {
      boolean changed = ended;
      begun.forEach(
          (key, old) ->
              endChange(
                  key, old, changed && !failures.contains(key) ? cause : RemovalCause.INVALIDATED));
      near.tell();
    }
  }

  @Override
  public void clear() throws IOException {
    RemovalCause cause = RemovalCause.INVALIDATED;
    List<NearEntry<V>> old = near.beginClear();
    try {
      super.clear();
      cause = RemovalCause.REMOVED;
    } finally {
      near.endClear();
      for (NearEntry<V> entry : old) {
        near.left(entry, cause);
      }
      near.tell();
    }
  }

  /**
   * No feed of changes: callers that hear of one might still read the near value. Statistics are
   * found if they are counted.
   */
  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    if (counts != null && type == Statistics.class) {
      return Optional.of(
          type.cast(
              counts.snapshot(
                  OptionalLong.of(counts.evictions()),
                  OptionalLong.empty(),
                  OptionalLong.of(near.size()))));
    }
    if (counts != null && type == LoadCounter.class) {
      return Optional.of(type.cast(counts.loads()));
    }
    return type == ChangeFeed.class ? Optional.empty() : super.unwrap(type);
  }

  @Override
  public String toString() {
    return super.toString() + ", with memory in front";
  }
}
