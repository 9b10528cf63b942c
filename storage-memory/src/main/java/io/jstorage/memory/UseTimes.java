package io.jstorage.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The times of the last uses of entries, by their index, in several arrays, so that threads on
 * different processors write to different cache lines, and none to those that lookups read. The
 * last use of an entry is the latest in all arrays.
 *
 * <p>An index may have been another entry's. The times that were noted for that one are earlier
 * than the stamp of the write that made the next, or are of reads that overlap that write: a read
 * takes the time before it looks for its entry. A time that is noted late never takes the place of
 * a later one.
 */
final class UseTimes {
  private static final VarHandle TIMES = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int MAX_ARRAYS = 16;

  /** Of many entries there are fewer arrays. */
  private static final int MAX_TIMES = 1 << 17;

  /** The elements on a cache line. */
  private static final int LINE = 8;

  /** No time is later. Guarded by the lock of the table. */
  long end;

  /** The place of the number of times that were noted, on a cache line of its own. */
  private final int count;

  private final long[][] arrays;

  /** Makes them for indices up to the last one. */
  UseTimes(int last) {
    this.count = last + LINE;
    this.arrays = new long[arrays(last)][count + LINE];
  }

  private static int arrays(int length) {
    int processors = Runtime.getRuntime().availableProcessors();
    int arrays = Math.min(Integer.highestOneBit(2 * processors - 1), MAX_ARRAYS);
    while (arrays * length > MAX_TIMES) {
      arrays /= 2;
    }
    return arrays;
  }

  /** Notes a use of an entry; in the entry, if that has no index. */
  void note(Node<?> node, long time) {
    long[] own = arrays[(int) Thread.currentThread().getId() & (arrays.length - 1)];
    if (node.index == EntryIndices.NONE) {
      node.use(time);
    } else {
      noteLatest(own, node.index, time);
    }
    own[count]++;
  }

  private static void noteLatest(long[] times, int index, long time) {
    long last;
    do {
      last = (long) TIMES.getOpaque(times, index);
    } while (last < time && !TIMES.weakCompareAndSetPlain(times, index, last, time));
  }

  /** About how many uses were noted. */
  long count() {
    long sum = 0;
    for (long[] times : arrays) {
      sum += times[count];
    }
    return sum;
  }

  /** The last use that was noted for an index; none is before all stamps. */
  long lastUse(int index) {
    long last = 0;
    for (long[] times : arrays) {
      last = Math.max(last, (long) TIMES.getOpaque(times, index));
    }
    return last;
  }
}
