package io.jstorage.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that order the uses and writes of a {@link LruTable}'s entries: of two operations
 * that follow each other, on whichever threads, the later one has the greater stamp. They are taken
 * by fetch-and-add from one counter. A racy counter, or one for each thread, would not do.
 *
 * <p>In a program in which no table needs {@link AdaptiveStamps}, that class is never loaded, so
 * that the compiler knows that nothing is overridden here.
 */
class Stamps {
  /** The time of a use whose stamp is of the counter. */
  static final long COUNTED = 0;

  private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(long[].class);

  /** In the middle of the array, so that no other thread writes to its cache line. */
  private static final int MIDDLE = 16;

  /** One in so many uses is a sample; a power of two. */
  static final long SAMPLE = 1024;

  /** All threads together take longer for a use, where each has to wait for the others' lines. */
  private static final long SLOW_NANOS = 25;

  /** Threads whose uses take longer than that do something else in between. */
  private static final long IDLE_NANOS = 1000;

  /** Not the id of a thread. */
  private static final long NOBODY = 0;

  private final long[] counter;

  // The last sample. Races between samples do no harm.
  private long sampledBy = NOBODY;
  private long sampledAt;
  private double nanosOfUse;

  Stamps() {
    this.counter = new long[2 * MIDDLE];
  }

  /** Continues where another one is. */
  Stamps(Stamps other) {
    this.counter = other.counter;
  }

  /** Begins a use. To be called before the entry is looked up. */
  long time() {
    return COUNTED;
  }

  /**
   * Marks a use of an entry that was found.
   *
   * @param time from {@link #time}
   * @return whether it is time to {@link #adapt}
   */
  boolean use(Node<?> node, long time) {
    long count = next();
    node.use(count);
    return (count & (SAMPLE - 1)) == 0 && isSlow(Thread.currentThread().getId(), System.nanoTime());
  }

  private long next() {
    return (long) COUNTER.getAndAdd(counter, MIDDLE, 1L);
  }

  /** The next stamp of the counter, of which there may be others meanwhile. */
  final long peek() {
    return (long) COUNTER.getVolatile(counter, MIDDLE);
  }

  /** Leaves out so many stamps. */
  final void skip(long stamps) {
    COUNTER.getAndAdd(counter, MIDDLE, stamps);
  }

  /**
   * Takes a sample, of a thread at a time, and returns whether uses are slow and the last sample
   * was of another thread.
   */
  final boolean isSlow(long thread, long now) {
    boolean ofSeveral = sampledBy != NOBODY && sampledBy != thread;
    nanosOfUse = (now - sampledAt) / (double) SAMPLE;
    sampledBy = thread;
    sampledAt = now;
    return ofSeveral && nanosOfUse > SLOW_NANOS && nanosOfUse < IDLE_NANOS;
  }

  /** How long a use took, of all threads together, before the last sample. */
  final double nanosOfUse() {
    return nanosOfUse;
  }

  /** Forgets the last sample. */
  final void stopSampling() {
    sampledBy = NOBODY;
  }

  /**
   * Adapts to uses by several threads that wait for each other. Called under the table's lock, as
   * is all that follows.
   *
   * @param limit how many entries the table may have
   * @param counted whether {@link #taken} will be asked
   * @return the stamps to use from now on, of the same order
   */
  Stamps adapt(HashTable<?> table, int limit, boolean counted) {
    return AdaptiveStamps.of(this, table, limit, counted);
  }

  /** The stamp of a write, unique in the table. */
  long forWrite() {
    return next();
  }

  /** The times of uses that are not in the entries; null if there are none. */
  @Nullable UseTimes times() {
    return null;
  }

  /** Takes note of a new entry. */
  void enter(Node<?> node) {}

  /** Takes note of an entry in the place of another one. */
  void replace(Node<?> old, Node<?> node) {}

  /** Takes note that an entry has left. */
  void leave(Node<?> node) {}

  /** Takes note that all entries have left. */
  void clear() {}

  /** How many stamps there were, if they are counted. */
  long taken() {
    return peek();
  }
}
