package io.jstorage.near;

import io.jstorage.spi.StatisticsCounters;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A limited number of entries. Beyond the limit one leaves that was not used lately, found by the
 * second-chance idea of the CLOCK algorithm (Corbató 1968): the entries stand in a ring, whose hand
 * passes over those that were used since it came by. Reading takes no lock and writes, at most, one
 * bit of the entry; writes take turns.
 */
final class NearTable<V> {
  private static final int FIRST_CAPACITY = 16;

  /** Whether nobody tells of changes, so that entries age. */
  final boolean ages;

  private final int limit;
  private final @Nullable StatisticsCounters counts;
  private final ConcurrentMap<String, NearEntry<V>> entries = new ConcurrentHashMap<>();

  /** Guards all that follows. */
  private final ReentrantLock lock = new ReentrantLock();

  private boolean closed;
  private @Nullable NearEntry<V>[] ring = emptyRing();
  private int count;
  private int hand;

  /** Makes an empty table; one of limit zero takes nothing. */
  NearTable(int limit, boolean ages, @Nullable StatisticsCounters counts) {
    this.limit = limit;
    this.ages = ages;
    this.counts = counts;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <V> @Nullable NearEntry<V>[] emptyRing() {
    return new NearEntry[0];
  }

  @Nullable NearEntry<V> find(String key) {
    return entries.get(key);
  }

  int size() {
    return entries.size();
  }

  /**
   * Puts an entry in place of the one of its key, or of one that was not used lately.
   *
   * @return the entry that has left, or null
   */
  @Nullable NearEntry<V> put(NearEntry<V> entry) {
    if (limit == 0) {
      return null;
    }
    lock.lock();
    try {
      if (closed) {
        return null;
      }
      NearEntry<V> old = entries.get(entry.key);
      if (old != null) {
        place(entry, old.slot);
      } else if (count < limit) {
        append(entry);
      } else {
        old = evict(entry);
      }
      entries.put(entry.key, entry);
      return old;
    } finally {
      lock.unlock();
    }
  }

  private void append(NearEntry<V> entry) {
    if (count == ring.length) {
      long wanted = Math.max(FIRST_CAPACITY, ring.length + (ring.length >> 1));
      ring = Arrays.copyOf(ring, (int) Math.min(wanted, limit));
    }
    place(entry, count);
    count++;
  }

  /** The hand goes on behind the new entry, which it meets last. */
  private NearEntry<V> evict(NearEntry<V> entry) {
    // After one turn any will do: all have been used at the same time as this search.
    for (int passed = 0; at(hand).wasUsed() && passed < count; passed++) {
      advance();
    }
    NearEntry<V> victim = at(hand);
    entries.remove(victim.key);
    if (counts != null) {
      counts.addEvictions(1);
    }
    place(entry, hand);
    advance();
    return victim;
  }

  private void advance() {
    hand = hand + 1 == count ? 0 : hand + 1;
  }

  /** Removes an entry and returns it, or null if there is none. */
  @Nullable NearEntry<V> remove(String key) {
    if (entries.get(key) == null) {
      return null;
    }
    lock.lock();
    try {
      NearEntry<V> old = entries.remove(key);
      if (old != null) {
        count--;
        // The last one fills the gap.
        place(at(count), old.slot);
        ring[count] = null;
        if (hand >= count) {
          hand = 0;
        }
      }
      return old;
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more, and returns what is there, which nobody else removes then. */
  List<NearEntry<V>> close() {
    lock.lock();
    try {
      closed = true;
      List<NearEntry<V>> left = List.copyOf(entries.values());
      entries.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }

  private void place(NearEntry<V> entry, int slot) {
    entry.slot = slot;
    ring[slot] = entry;
  }

  private NearEntry<V> at(int slot) {
    NearEntry<V> entry = ring[slot];
    if (entry == null) {
      throw new IllegalStateException("a gap in the ring");
    }
    return entry;
  }
}
