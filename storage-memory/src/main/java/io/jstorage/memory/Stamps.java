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

  /** One in so many uses may be a sample; a power of two. */
  static final long SAMPLE = 1024;

  /** More uses than that since the last sample are by one thread, or by threads in turns. */
  private static final long MAX_USES_BETWEEN_SAMPLES = 8 * SAMPLE;

  /** All threads together take longer for a use, where each has to wait for the others' lines. */
  private static final long SLOW_NANOS = 25;

  /** Threads whose uses take longer than that do something else in between. */
  private static final long IDLE_NANOS = 1000;

  /** Not the id of a thread. */
  private static final long NOBODY = 0;

  /** The count before the first sample: too far from any other to be compared with it. */
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final long[] counter;

  // The last sample: its thread, count and time; before it, the first thread that might take one.
  // Without a lock: a mix of two samples begins one period too many, or too few.
  private long sampledBy = NOBODY;
  private long sampled = NEVER;
  private long sampledAt;
  private double slowNanos;

  Stamps() {
    this.counter = new long[2 * MIDDLE];
  }

  /** Continues where another one is. */
  Stamps(Stamps other) {
    this.counter = other.counter;
    this.slowNanos = other.slowNanos;
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
    return (count & (SAMPLE - 1)) == 0 && isSlow(Thread.currentThread().getId(), count);
  }

  /**
   * Takes no sample of a thread alone: it waits for nobody, and code that may call the clock is
   * slower even if it seldom does.
   */
  private boolean isSlow(long thread, long count) {
    if (sampledBy == NOBODY) {
      sampledBy = thread;
    }
    return sampledBy != thread && isSlow(thread, count, System.nanoTime());
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
   * Takes a sample, of another thread than the last one, and returns whether uses were slow since.
   */
  final boolean isSlow(long thread, long count, long now) {
    long uses = count - sampled;
    double nanos = (now - sampledAt) / (double) uses;
    sampledBy = thread;
    sampled = count;
    sampledAt = now;
    boolean slow = uses <= MAX_USES_BETWEEN_SAMPLES && nanos > SLOW_NANOS && nanos < IDLE_NANOS;
    if (slow) {
      slowNanos = nanos;
    }
    return slow;
  }

  /** How long a use took, of all threads together, when uses were last slow. */
  final double slowNanos() {
    return slowNanos;
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
