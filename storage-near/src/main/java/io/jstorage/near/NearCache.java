package io.jstorage.near;

import io.jstorage.Entry;
import io.jstorage.RemovalCause;
import io.jstorage.RemovalListener;
import io.jstorage.Version;
import io.jstorage.spi.ChangeListener;
import io.jstorage.spi.StatisticsCounters;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The knowledge of the far storage, which is forgotten when it may be out of date.
 *
 * <p>Every call to the far storage that says something of a key, or changes it, is one of that
 * key's {@link InFlightCalls}: it is registered before the far storage is asked and deregistered
 * after it has answered, before its caller has the answer. Reports of changes come in between. All
 * these steps of one key exclude each other. The near table thus never holds anything older than
 * the result of a call that has ended:
 *
 * <ul>
 *   <li>A change drops the entry, and keeps out what was read by readers that it overlaps: the far
 *       storage may have answered them before the change. A change of our own does so at its
 *       beginning and at its end, and nothing is kept in between.
 *   <li>Of readers that overlap, the first to end is kept. One that ends later and saw the same is
 *       no reason to drop it. One that saw something else is: nobody knows which of the two is
 *       older.
 * </ul>
 *
 * <p>A change that may concern all keys replaces the whole table by an empty one.
 */
final class NearCache<V> implements ChangeListener {
  /** Seen by a reader: there is no entry. */
  private static final Object ABSENT = new Object();

  private final int limit;
  private final long stalenessNanos;
  private final long negativeNanos;
  private final InstantSource clock;
  private final @Nullable StatisticsCounters counts;
  private final @Nullable PendingNotifications<V> notifications;
  private final ConcurrentMap<String, InFlightCalls> inFlight = new ConcurrentHashMap<>();

  /** Guards the choice of the table. */
  private final ReentrantLock lock = new ReentrantLock();

  private boolean watching;
  private boolean lost;
  private boolean closed;
  private int clearing;

  /** A new one for each change of circumstances. */
  private volatile NearTable<V> current;

  /**
   * Makes a cache that is not told of changes yet.
   *
   * @param stalenessNanos for how long an entry is trusted while nobody tells of changes; 0 for not
   *     at all
   * @param negativeNanos for how long it is remembered that there is no entry; 0 for not at all
   */
  NearCache(
      int limit,
      long stalenessNanos,
      long negativeNanos,
      InstantSource clock,
      @Nullable StatisticsCounters counts,
      @Nullable RemovalListener<? super V> listener) {
    this.limit = limit;
    this.stalenessNanos = stalenessNanos;
    this.negativeNanos = negativeNanos;
    this.clock = clock;
    this.counts = counts;
    this.notifications = listener == null ? null : new PendingNotifications<>(listener, clock);
    this.current = emptyTable();
  }

  private NearTable<V> emptyTable() {
    boolean told = watching && !lost;
    boolean keeps = !closed && clearing == 0 && (told || stalenessNanos > 0);
    return new NearTable<>(keeps ? limit : 0, !told, counts);
  }

  /**
   * Changes the circumstances, and forgets everything.
   *
   * @return what was forgotten, if there is a listener; without one that is not looked at
   */
  private List<NearEntry<V>> forgetAfter(Runnable change) {
    lock.lock();
    try {
      change.run();
      NearTable<V> old = current;
      current = emptyTable();
      return notifications == null ? List.of() : old.close();
    } finally {
      lock.unlock();
    }
  }

  private void invalidate(Runnable change) {
    for (NearEntry<V> entry : forgetAfter(change)) {
      left(entry, RemovalCause.INVALIDATED);
    }
  }

  /** Says that from now on every change is reported, unless a loss has been. */
  void watched() {
    invalidate(() -> watching = true);
  }

  @Override
  public void lost() {
    invalidate(() -> lost = true);
  }

  @Override
  public void resumed() {
    invalidate(() -> lost = false);
  }

  /** Begins a change of all keys; returns the entries that have left, for a listener. */
  List<NearEntry<V>> beginClear() {
    return forgetAfter(() -> clearing++);
  }

  void endClear() {
    invalidate(() -> clearing--);
  }

  /** Forgets everything, and learns nothing more. Closing is no removal. */
  void close() {
    forgetAfter(() -> closed = true);
    tell();
  }

  /** Notes that an entry has left, and why. */
  void left(@Nullable NearEntry<V> entry, RemovalCause cause) {
    if (notifications != null) {
      notifications.note(entry, cause);
    }
  }

  /** Tells the listener what has left. Not called where changes are reported, nor in a guard. */
  void tell() {
    if (notifications != null) {
      notifications.tell();
    }
  }

  int size() {
    return current.size();
  }

  /** Null if nothing is counted. */
  @Nullable StatisticsCounters counts() {
    return counts;
  }

  /** Returns what is known of a key, and may be trusted; null if nothing is. Takes no lock. */
  @Nullable NearEntry<V> find(String key) {
    NearEntry<V> entry = current.find(key);
    return entry != null && entry.isFresh(clock) ? entry : null;
  }

  /** A call to the far storage that reads a key. */
  static final class Reading<V> {
    private final String key;
    private final NearTable<V> table;
    private final long start;
    private final InFlightCalls calls;
    private final long changes;

    private Reading(String key, NearTable<V> table, long start, InFlightCalls calls) {
      this.key = key;
      this.table = table;
      this.start = start;
      this.calls = calls;
      this.changes = calls.changes;
    }
  }

  /** Begins to read a key. Comes before the far storage is asked. */
  Reading<V> beginReading(String key) {
    NearTable<V> table = current;
    long start = table.ages || negativeNanos > 0 ? System.nanoTime() : 0;
    AtomicReference<Reading<V>> begun = new AtomicReference<>();
    inFlight.compute(
        key,
        (same, known) -> {
          InFlightCalls calls = known == null ? new InFlightCalls() : known;
          calls.readers++;
          begun.setPlain(new Reading<>(key, table, start, calls));
          return calls;
        });
    return begun.getPlain();
  }

  /** Ends a reading that saw an entry, or none. Comes before the caller has it. */
  void end(Reading<V> reading, @Nullable Entry<V> seen) {
    Object kept;
    boolean same;
    do {
      // Compared outside of the guard: values have methods of their own.
      kept = reading.calls.kept;
      same = kept != null && isSame(kept, seen);
    } while (!tryEnd(reading, seen, kept, same));
  }

  /** Ends a reading, or returns false if another one has been kept in the meantime. */
  private boolean tryEnd(
      Reading<V> reading, @Nullable Entry<V> seen, @Nullable Object kept, boolean same) {
    InFlightCalls calls = reading.calls;
    AtomicBoolean ended = new AtomicBoolean(true);
    inFlight.computeIfPresent(
        reading.key,
        (key, known) -> {
          if (calls.kept != null && calls.kept != kept) {
            ended.setPlain(false);
            return calls;
          }
          calls.readers--;
          if (calls.kept != null) {
            if (!same) {
              drop(key, calls);
            }
          } else if (calls.writers > 0
              || calls.changes != reading.changes
              || !keep(reading, seen)) {
            drop(key, calls);
          } else if (calls.readers > 0) {
            calls.kept = seen == null ? ABSENT : seen;
          }
          return calls.areOver() ? null : calls;
        });
    return ended.getPlain();
  }

  /** Ends a reading that failed, or that saw nothing that could be kept. */
  void endUnkept(Reading<V> reading) {
    InFlightCalls calls = reading.calls;
    inFlight.computeIfPresent(
        reading.key,
        (key, known) -> {
          calls.readers--;
          drop(key, calls);
          return calls.areOver() ? null : calls;
        });
  }

  private static boolean isSame(Object kept, @Nullable Entry<?> seen) {
    if (!(kept instanceof Entry<?> entry) || seen == null) {
      return kept == ABSENT && seen == null;
    }
    Version version = entry.version().orElse(null);
    if (version == null || seen.version().isEmpty()) {
      return entry.equals(seen);
    }
    return version.equals(seen.version().get()) && entry.expiresAt().equals(seen.expiresAt());
  }

  /** Keeps what a reading saw in place of what was there; false if it cannot be kept. */
  private boolean keep(Reading<V> reading, @Nullable Entry<V> seen) {
    NearTable<V> table = reading.table;
    if (table != current) {
      return false;
    }
    if (seen == null) {
      if (negativeNanos == 0) {
        left(table.remove(reading.key), RemovalCause.INVALIDATED);
        return true;
      }
      long trusted = table.ages ? Math.min(negativeNanos, stalenessNanos) : negativeNanos;
      put(table, TimedEntry.ageing(reading.key, null, TimedEntry.NEVER, reading.start + trusted));
      return true;
    }
    long deadline = seen.expiresAt().map(NearCache::millis).orElse(TimedEntry.NEVER);
    NearEntry<V> entry;
    if (table.ages) {
      entry =
          TimedEntry.ageing(reading.key, seen.value(), deadline, reading.start + stalenessNanos);
    } else if (deadline != TimedEntry.NEVER) {
      entry = TimedEntry.expiring(reading.key, seen.value(), deadline);
    } else {
      entry = new NearEntry<>(reading.key, seen.value());
    }
    put(table, entry);
    return true;
  }

  private void put(NearTable<V> table, NearEntry<V> entry) {
    NearEntry<V> old = table.put(entry);
    if (old != null && !old.key.equals(entry.key)) {
      left(old, RemovalCause.EVICTED);
    } else if (old != null && old.value != entry.value) {
      // The very object stays if the far storage returns one object to all.
      left(old, RemovalCause.INVALIDATED);
    }
  }

  /** Milliseconds since the epoch; what lies beyond them is the nearest of them. */
  private static long millis(Instant instant) {
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException e) {
      return instant.isAfter(Instant.EPOCH) ? TimedEntry.NEVER : Long.MIN_VALUE;
    }
  }

  /** Forgets a key, and keeps out what was read before. Under the guard of the calls. */
  private void drop(String key, InFlightCalls calls) {
    left(take(key, calls), RemovalCause.INVALIDATED);
  }

  private @Nullable NearEntry<V> take(String key, InFlightCalls calls) {
    calls.changes++;
    calls.kept = null;
    return current.remove(key);
  }

  /**
   * Begins a change of our own. Comes before the far storage is asked.
   *
   * @return the entry that has left for it, or null
   */
  @Nullable NearEntry<V> beginChange(String key) {
    AtomicReference<@Nullable NearEntry<V>> old = new AtomicReference<>();
    inFlight.compute(
        key,
        (same, known) -> {
          InFlightCalls calls = known == null ? new InFlightCalls() : known;
          calls.writers++;
          old.setPlain(take(key, calls));
          return calls;
        });
    return old.getPlain();
  }

  /** Ends a change of our own, which may have happened even if it failed. */
  void endChange(String key) {
    inFlight.computeIfPresent(
        key,
        (same, calls) -> {
          calls.writers--;
          drop(key, calls);
          return calls.areOver() ? null : calls;
        });
  }

  @Override
  public void changed(String key) {
    // A reading that begins from now on sees the change; one that ended before has kept its entry.
    if (inFlight.get(key) == null && current.find(key) == null) {
      return;
    }
    inFlight.compute(
        key,
        (same, calls) -> {
          if (calls == null) {
            left(current.remove(key), RemovalCause.INVALIDATED);
          } else {
            drop(key, calls);
          }
          return calls;
        });
  }
}
