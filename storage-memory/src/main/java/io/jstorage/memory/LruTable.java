package io.jstorage.memory;

import io.jstorage.RemovalCause;
import io.jstorage.RemovalListener;
import io.jstorage.Statistics;
import io.jstorage.Version;
import io.jstorage.spi.ChangeListener;
import io.jstorage.spi.Condition;
import java.io.Closeable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

// Longer than other files: all writes, in the order of their steps under the one lock.
/**
 * A limited number of objects under string keys, of which the least recently used is evicted: the
 * engine of {@link LruStorage}.
 *
 * <p>A read walks one chain of a hash table without a lock, and marks the entry it finds with a
 * stamp; see {@link Stamps}. The order of the stamps is exact for any history of operations that
 * follow each other, on any number of threads. The entry with the smallest stamp is determined only
 * when one must be evicted: by the second-chance idea of the CLOCK algorithm (Corbató 1968), with
 * the stamps in place of its one bit, which makes it exact; see {@link RecencyQueue}. Writes take
 * turns under one lock.
 *
 * <p>Of operations that overlap in time, a read and the write that evicts or replaces the same
 * entry may count in either order, and so may two reads of one entry, until both are over: the
 * slower one may set its stamp last. A read at the moment at which the table grows may not count.
 */
final class LruTable<V> {
  private static final int MAX_FIRST_SLOTS = 1024;

  /** More than one, so that expired entries are removed faster than new ones are added. */
  private static final int DUE_FOR_EACH_WRITE = 2;

  private static final int DUE_FOR_EACH_TURN = 256;

  /** Since uses were last found slow. More of them cost more than the uses gain. */
  private static final int FEW_WRITES = 16;

  private final int limit;
  private final InstantSource clock;
  private final String name;
  private final BackoffLock lock = new BackoffLock();
  private volatile HashTable<V> table;
  private volatile Stamps stamps = new Stamps();
  private RecencyQueue<V> recency;
  private Deadlines<V> deadlines;

  /** Written under the lock. */
  private final AtomicInteger size = new AtomicInteger();

  private final Watchers watchers = new Watchers();
  private boolean closed;

  /** Null unless somebody wants to know. */
  private final @Nullable RemovedEntries<V> removedEntries;

  private final @Nullable LruCounts counts;
  private final @Nullable Weights<V> weights;

  /**
   * Whether anybody wants to know of changes, so that a write looks at one field if nobody does.
   * Guarded by the lock.
   */
  private boolean isObserved;

  /** The entries that had been added when a sample was slow. Guarded by the lock. */
  private long addedBefore;

  /** How many writes there were, if they are counted. Each took a stamp; all others were hits. */
  private long puts;

  /** Makes an empty table that tells a listener, counts and weighs, each if it is to. */
  LruTable(
      int limit,
      InstantSource clock,
      String name,
      @Nullable RemovalListener<? super V> listener,
      boolean counted,
      @Nullable Weights<V> weights) {
    this.limit = limit;
    this.clock = clock;
    this.name = name;
    this.weights = weights;
    this.counts = counted ? new LruCounts() : null;
    this.removedEntries = counted || listener != null ? new RemovedEntries<>(listener) : null;
    this.isObserved = removedEntries != null;
    this.table = emptyTable();
    this.recency = new RecencyQueue<>();
    this.deadlines = new Deadlines<>(limit);
  }

  private HashTable<V> emptyTable() {
    // At a load of 3/4; a larger one grows with its entries.
    return new HashTable<>((int) Math.min(limit + limit / 3L + 1, MAX_FIRST_SLOTS));
  }

  /** Reads, counting as a use but not as a miss. Waits for no writer. */
  @Nullable V get(String key) {
    Node<V> node = hit(key);
    return node == null ? null : node.value;
  }

  /** Finds the entry of a valid key, counting as a use of it or as a miss. */
  @Nullable Node<V> use(String key) {
    Node<V> node = hit(key);
    if (node == null) {
      countMiss();
    }
    return node;
  }

  private @Nullable Node<V> hit(String key) {
    Stamps current = stamps;
    // Before the entry is found: see UseTimes.
    long time = current.time();
    Node<V> node = peek(key);
    if (node != null && current.use(node, time)) {
      adaptStamps();
    }
    return node;
  }

  /** Adapts the stamps to slow uses, unless there are many writes, or one is in progress. */
  void adaptStamps() {
    if (lock.tryLock()) {
      try {
        long added = recency.added();
        if (added - addedBefore <= FEW_WRITES && size.getPlain() <= AdaptiveStamps.MAX_ENTRIES) {
          stamps = stamps.adapt(table, limit, counts != null);
        }
        addedBefore = added;
      } catch (OutOfMemoryError e) {
        // A read needs no memory: the stamps stay as they are.
      } finally {
        unlock();
      }
    }
  }

  /** Counts a miss if anything is counted, once the key that {@link #get} did not find is valid. */
  void countMiss() {
    if (counts != null) {
      counts.miss();
    }
  }

  /** Finds the entry of a key, and cleans up if it has expired. */
  @Nullable Node<V> peek(String key) {
    Node<V> node = table.find(key);
    if (node != null && hasExpired(node)) {
      cleanUp(node);
      return null;
    }
    return node;
  }

  private long now() {
    return EpochNanos.of(clock.instant());
  }

  /** Asks the clock only for an entry with a deadline. */
  private boolean hasExpired(Node<V> node) {
    return node instanceof ExpiringNode<V> expiring
        && EpochNanos.hasPassed(expiring.deadline, clock);
  }

  /** Removes this very entry, unless it would have to wait for a writer. */
  private void cleanUp(Node<V> expired) {
    if (lock.tryLock()) {
      try {
        if (table.find(expired.key) == expired) {
          drop(expired, RemovalCause.EXPIRED);
        }
      } finally {
        unlock();
      }
    }
  }

  /** Returns whether the entry of a key, or null if it has none, meets a condition. */
  private boolean holds(Condition condition, @Nullable Node<V> found) {
    if (condition.isNone()) {
      return true;
    }
    Node<V> live = found == null || hasExpired(found) ? null : found;
    // The version as an object is made only where it is compared.
    return condition.isAbsent()
        ? live == null
        : live != null && condition.holds(Version.of(live.version));
  }

  boolean put(String key, V value, @Nullable Duration ttl, Condition condition) {
    long weight = weights == null ? 0 : weights.of(key, value);
    lock();
    try {
      int hash = table.hash(key);
      Node<V> old = table.find(key, hash);
      if (!condition.isNone() && !holds(condition, old)) {
        return false;
      }
      // All memory is found before anything changes: a write that runs out of it changes nothing.
      // The exceptions are notes for listeners and a new seed, without which the write stands.
      if (ttl != null || weights != null) {
        put(key, hash, value, ttl, weight, old);
      } else {
        Node<V> node = new Node<>(key, hash, value, stamps.forWrite());
        if (old == null) {
          makeRoom(node.version);
        }
        place(node, old);
      }
      return true;
    } finally {
      unlock();
    }
  }

  /** Puts an entry that has a deadline, a weight or both. */
  private void put(
      String key, int hash, V value, @Nullable Duration ttl, long weight, @Nullable Node<V> old) {
    boolean timed = ttl != null || !deadlines.isEmpty();
    long now = timed ? now() : Long.MIN_VALUE;
    Node<V> node = newNode(key, hash, value, ttl, now, weight);
    if (ttl != null) {
      deadlines.reserve();
    }
    if (weights != null && weights.isTooHeavy(node)) {
      passThrough(node, old);
      return;
    }
    if (old == null) {
      makeRoom(node.version);
    }
    if (weights != null) {
      makeRoom(weights, node, old, now);
    }
    place(node, old);
    if (ttl != null) {
      dropDue(now, DUE_FOR_EACH_WRITE);
    }
  }

  /** Puts an entry for which there is room, in place of the older one of its key, if any. */
  private void place(Node<V> node, @Nullable Node<V> old) {
    if (old == null) {
      stamps.enter(node);
      table.insert(node);
      size.setRelease(size.getPlain() + 1);
    } else {
      stamps.replace(old, node);
      table.replace(old, node);
      deadlines.forget(old);
    }
    recency.add(node, old);
    deadlines.note(node);
    if (isObserved) {
      notePut(node.key, old);
    }
    if (old == null && table.isFlooded(node)) {
      table = table.reseeded(new SecureRandom().nextLong(), this::takePlace);
    }
  }

  /** Makes an entry that has a deadline, a weight or both. */
  private Node<V> newNode(
      String key, int hash, V value, @Nullable Duration ttl, long now, long weight) {
    long version = stamps.forWrite();
    if (ttl == null) {
      return Objects.requireNonNull(weights).node(key, hash, value, version, weight);
    }
    long deadline = EpochNanos.plus(now, ttl);
    return weights == null
        ? new ExpiringNode<>(key, hash, value, version, deadline)
        : weights.node(key, hash, value, version, deadline, weight);
  }

  /**
   * Makes room for one entry more, whose stamp was taken just before. An expired entry is evicted
   * before a live one.
   */
  private void makeRoom(long now) {
    int count = size.getPlain();
    if (count == limit) {
      evict(now, deadlines.isDue(clock));
    } else if (table.isCrowdedBy(count + 1)) {
      table = table.doubled(this::takePlace);
    }
  }

  /** Drops an entry, an expired one if there is any. */
  private void evict(long now, boolean due) {
    if (due) {
      drop(deadlines.first(), RemovalCause.EXPIRED);
    } else {
      drop(recency.leastRecentlyUsed(now, stamps.times()), RemovalCause.EVICTED);
    }
  }

  /**
   * Makes room for the weight of an entry, and adds it. The older one of its key is not evicted.
   */
  private void makeRoom(Weights<V> weighed, Node<V> node, @Nullable Node<V> old, long now) {
    if (old != null) {
      recency.remove(old);
      deadlines.forget(old);
    }
    try {
      while (!weighed.fits(node, old)) {
        evict(node.version, deadlines.isDue(now));
      }
    } catch (OutOfMemoryError e) {
      // By a note for a listener. The older entry stays, as one that was just used.
      if (old != null) {
        old.use(node.version);
        recency.add(old, null);
      }
      throw e;
    }
    if (old != null) {
      weighed.subtract(old);
    }
    weighed.add(node);
  }

  /** Evicts an entry before it enters, as it is too heavy. The older one of its key is replaced. */
  private void passThrough(Node<V> node, @Nullable Node<V> old) {
    if (isObserved) {
      notePut(node.key, old);
    }
    if (removedEntries != null) {
      removedEntries.note(node, RemovalCause.EVICTED);
    }
    if (old != null) {
      detach(old);
    }
  }

  /** Notes for those who observe the table that a key has been written. */
  private void notePut(String key, @Nullable Node<V> old) {
    puts++;
    watchers.note(key);
    if (removedEntries != null && old != null) {
      removedEntries.note(old, hasExpired(old) ? RemovalCause.EXPIRED : RemovalCause.REPLACED);
    }
  }

  /** Puts a copy, which the table has just made, into its original's other places. */
  private void takePlace(Node<V> copy) {
    Node<V> original = (Node<V>) copy.older;
    stamps.replace(original, copy);
    recency.replace(original, copy);
    deadlines.pass(original, copy);
  }

  boolean remove(String key, Condition condition) {
    lock();
    try {
      Node<V> old = table.find(key);
      if (old == null) {
        return false;
      }
      boolean expired = hasExpired(old);
      boolean removed = !expired && holds(condition, old);
      if (expired || removed) {
        drop(old, expired ? RemovalCause.EXPIRED : RemovalCause.REMOVED);
      }
      return removed;
    } finally {
      unlock();
    }
  }

  private void drop(Node<V> node, RemovalCause cause) {
    if (isObserved) {
      noteDeparture(node, cause);
    }
    detach(node);
  }

  private void noteDeparture(Node<V> node, RemovalCause cause) {
    watchers.note(node.key);
    if (removedEntries != null) {
      removedEntries.note(node, cause);
    }
  }

  private void detach(Node<V> node) {
    table.remove(node);
    stamps.leave(node);
    recency.remove(node);
    deadlines.forget(node);
    if (weights != null) {
      weights.subtract(node);
    }
    size.setRelease(size.getPlain() - 1);
  }

  /** Removes expired entries. Writers take turns with it after every few hundred entries. */
  long purgeExpired() {
    long purged = 0;
    int dropped;
    do {
      lock();
      try {
        dropped = deadlines.isDue(clock) ? dropDue(now(), DUE_FOR_EACH_TURN) : 0;
      } finally {
        unlock();
      }
      purged += dropped;
    } while (dropped == DUE_FOR_EACH_TURN);
    return purged;
  }

  private int dropDue(long now, int atMost) {
    int dropped = 0;
    while (dropped < atMost && deadlines.isDue(now)) {
      drop(deadlines.first(), RemovalCause.EXPIRED);
      dropped++;
    }
    return dropped;
  }

  int size() {
    return size.getAcquire();
  }

  /** The keys, without a lock, expired ones included. */
  Spliterator<String> keys() {
    return table.keys();
  }

  void clear() {
    lock();
    try {
      empty();
    } finally {
      unlock();
    }
    watchers.allChanged();
  }

  /** Drops all entries and takes no more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      empty();
    } finally {
      unlock();
    }
    watchers.end();
  }

  /** Begins to report the keys of all changes, by the threads that make them. */
  Closeable watch(ChangeListener listener) {
    Closeable watch = watchers.add(listener);
    // A change that is under way may not have seen that it is watched.
    lock();
    isObserved = true;
    unlock();
    return watch;
  }

  private void empty() {
    // All memory is found before anything changes.
    HashTable<V> noEntries = emptyTable();
    RecencyQueue<V> noUses = new RecencyQueue<>();
    Deadlines<V> noDeadlines = new Deadlines<>(limit);
    if (removedEntries != null && !closed) {
      removedEntries.noteAll(table, size.getPlain(), deadlines.isEmpty(), this::hasExpired);
    }
    deadlines = noDeadlines;
    recency = noUses;
    table = noEntries;
    stamps.clear();
    addedBefore = 0;
    if (weights != null) {
      weights.clear();
    }
    size.setRelease(0);
  }

  /** How often an entry had to be queued again since the last {@link #clear()}. */
  long requeues() {
    lock();
    try {
      return recency.requeues();
    } finally {
      unlock();
    }
  }

  /** Takes a snapshot, or returns null if nothing is counted. */
  @Nullable Statistics statistics() {
    if (counts == null || removedEntries == null) {
      return null;
    }
    lock.lock();
    try {
      return counts.snapshot(stamps.taken() - puts, puts, removedEntries, size.getPlain());
    } finally {
      lock.unlock();
    }
  }

  /** The weight of all entries, for tests; exact while nothing is written. */
  long weight() {
    return weights == null ? 0 : weights.sum();
  }

  /** For tests. */
  Stamps stamps() {
    return stamps;
  }

  @Nullable LruCounts counts() {
    return counts;
  }

  private void unlock() {
    if (isObserved) {
      unlockAndTell();
    } else {
      lock.unlock();
    }
  }

  /** Ends a change, and then reports it and the entries that have left. */
  private void unlockAndTell() {
    List<String> changed = watchers.take();
    Object gone = removedEntries == null ? null : removedEntries.take();
    lock.unlock();
    try {
      watchers.changed(changed);
    } finally {
      if (removedEntries != null) {
        removedEntries.tell(gone);
      }
    }
  }

  private void lock() {
    lock.lock();
    if (closed) {
      lock.unlock();
      throw new IllegalStateException(name + " is closed");
    }
  }
}
