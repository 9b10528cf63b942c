package io.jstorage.near;

import io.jstorage.Capability;
import io.jstorage.Entry;
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
import java.util.concurrent.atomic.LongAdder;
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
    }
  }

  @Override
  public boolean write(String key, V value, WriteOptions options) throws IOException {
    near.beginChange(key);
    try {
      boolean written = super.write(key, value, options);
      if (counts != null && written) {
        counts.addPuts(1);
      }
      return written;
    } finally {
      near.endChange(key);
    }
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    near.beginChange(key);
    try {
      boolean deleted = super.delete(key, condition);
      if (counts != null && deleted) {
        counts.addRemovals(1);
      }
      return deleted;
    } finally {
      near.endChange(key);
    }
  }

  @Override
  public void writeAll(
      Map<String, V> values, WriteOptions options, BiConsumer<String, Exception> failed)
      throws IOException {
    if (counts == null) {
      changeAll(values.keySet(), () -> super.writeAll(values, options, failed));
      return;
    }
    LongAdder failures = new LongAdder();
    BiConsumer<String, Exception> counting =
        (key, failure) -> {
          failures.increment();
          failed.accept(key, failure);
        };
    changeAll(values.keySet(), () -> super.writeAll(values, options, counting));
    counts.addPuts(values.size() - failures.sum());
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed)
      throws IOException {
    changeAll(keys, () -> super.deleteAll(keys, failed));
  }

  @FunctionalInterface
  private interface Change {
    void run() throws IOException;
  }

  private void changeAll(Collection<String> keys, Change change) throws IOException {
    List<String> begun = new ArrayList<>(keys.size());
    try {
      for (String key : keys) {
        near.beginChange(key);
        begun.add(key);
      }
      change.run();
    } finally {
      begun.forEach(near::endChange);
    }
  }

  @Override
  public void clear() throws IOException {
    near.beginClear();
    try {
      super.clear();
    } finally {
      near.endClear();
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
