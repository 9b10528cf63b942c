package io.jstorage.memory;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Stamps for a table that several processors use. Between processors with caches of their own, each
 * fetch-and-add of one counter, and each mark in an entry, waits for a line that another one has
 * written. If samples show that, stamps are of the clock for a while, and are noted in {@link
 * UseTimes}, where no other processor writes. Then the counter is tried again, and kept for longer
 * if the clock was no faster: processors may share their caches, or lookups wait for memory, as
 * reading the clock waits for all loads before.
 *
 * <p>The two agree without a lock, as (a) a period of the clock begins above the counter, and grows
 * by one for each nanosecond, faster than a fetch-and-add of one place can be repeated; (b) its
 * last stamp is known when it begins; (c) the counter is above that before the period is over. A
 * use that has not seen a period begin takes one stamp of the counter at most, and overlaps what
 * came since.
 *
 * <p>In such a period the order rests on {@link System#nanoTime()}: that it never goes back between
 * threads, as Linux sees to, and does not stand still. If two calls in a row return the same, as on
 * Windows, there are no such periods.
 */
final class AdaptiveStamps extends Stamps {
  /** A period that is not faster by this factor is not worth its memory traffic. */
  private static final double GAIN = 1.15;

  /** How many slow samples are passed over, at most, once a period was not worth it. */
  private static final int MAX_PASSED_OVER = (1 << 15) - 1;

  /**
   * More entries do not fit into the caches of a processor, so that their uses wait for memory. If
   * a table has more later, those have no place in {@link UseTimes}.
   */
  static final int MAX_ENTRIES = 1 << 14;

  private final UseTimes times;
  private final EntryIndices indices;

  /** The stamps that are not of the counter; null if nothing is counted. */
  private final @Nullable LongAdder ofClock;

  private volatile @Nullable ClockPeriod period;

  // Guarded by this object.
  private int passedOver;
  private int toPassOver;

  /** The stamps that the counter has left out. */
  private long skipped;

  /** The last stamp of a write in a period. Guarded by the lock of the table. */
  private long lastWrite;

  private AdaptiveStamps(Stamps before, int entries, boolean counted) {
    super(before);
    this.times = new UseTimes(entries);
    this.indices = new EntryIndices(entries);
    this.ofClock = counted ? new LongAdder() : null;
  }

  /** Continues from the counter, if the clock is good for it. */
  static Stamps of(Stamps before, HashTable<?> table, int limit, boolean counted) {
    if (ClockPeriod.CLOCK_STANDS_STILL) {
      return before;
    }
    AdaptiveStamps stamps = new AdaptiveStamps(before, Math.min(limit, MAX_ENTRIES), counted);
    table.forEach(stamps::enter);
    return stamps;
  }

  @Override
  long time() {
    ClockPeriod now = period;
    if (now == null) {
      return COUNTED;
    }
    long time = now.time();
    if (now.isOverAt(time)) {
      end(now);
      return COUNTED;
    }
    return time;
  }

  @Override
  boolean use(Node<?> node, long time) {
    if (time != COUNTED) {
      times.note(node, time);
      noteClocked();
      return false;
    }
    return super.use(node, time);
  }

  @Override
  synchronized Stamps adapt(HashTable<?> table, int limit, boolean counted) {
    if (passedOver++ >= toPassOver) {
      begin();
    }
    return this;
  }

  private void noteClocked() {
    if (ofClock != null) {
      ofClock.increment();
    }
  }

  @Override
  long forWrite() {
    long time = time();
    if (time == COUNTED) {
      return super.forWrite();
    }
    noteClocked();
    lastWrite = Math.max(time, lastWrite + 1);
    return lastWrite;
  }

  @Nullable ClockPeriod period() {
    return period;
  }

  /** Begins a period of the clock. */
  synchronized void begin() {
    if (period == null) {
      // In this order: since then, the counter has grown by less than the clock.
      long now = System.nanoTime();
      long last = peek();
      double usesWanted = times.count() + ClockPeriod.NANOS / slowNanos() * GAIN;
      ClockPeriod next = new ClockPeriod(now, last, usesWanted);
      times.end = next.end();
      period = next;
      passedOver = 0;
    }
  }

  /** Goes back to the counter, once the clock of the caller is past the end of the period. */
  synchronized void end(ClockPeriod over) {
    if (period == over) {
      boolean wasWorthIt = times.count() > over.usesWanted;
      toPassOver = wasWorthIt ? 0 : Math.min(2 * toPassOver + 1, MAX_PASSED_OVER);
      // Nothing, if so many stamps were taken while the period was begun.
      long toSkip = Math.max(0, over.stampAfter() - peek());
      skip(toSkip);
      skipped += toSkip;
      period = null;
    }
  }

  @Override
  synchronized long taken() {
    return peek() - skipped + (ofClock == null ? 0 : ofClock.sum());
  }

  @Override
  UseTimes times() {
    return times;
  }

  @Override
  void enter(Node<?> node) {
    node.index = indices.take();
  }

  @Override
  void replace(Node<?> old, Node<?> node) {
    node.index = old.index;
  }

  @Override
  void leave(Node<?> node) {
    indices.release(node.index);
  }

  @Override
  void clear() {
    indices.releaseAll();
  }
}
