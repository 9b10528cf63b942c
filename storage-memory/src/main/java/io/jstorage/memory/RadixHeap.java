package io.jstorage.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Nodes ordered by a number, the least first. The numbers only grow: no node is added below a
 * bucket that has been opened.
 *
 * <p>A node is in the bucket of the highest digit in which its number differs from the floor, a
 * lower bound of all numbers. The first bucket that is not empty thus holds the least numbers, in
 * no order among themselves. Opening it makes its least possible number the floor and distributes
 * its nodes over lower digits, each by its current stamp: a node that was accessed goes to its new
 * place. Every move goes to a lower digit or follows an access, so that a node moves at most
 * sixteen times for each access, by one compare and one append. An opening moves up to all nodes.
 *
 * <p>The radix heap of R. K. Ahuja, K. Mehlhorn, J. B. Orlin and R. E. Tarjan, "Faster Algorithms
 * for the Shortest Path Problem" (1990), with numbers that are read again at every move. It
 * allocates nothing once it is made. Not thread-safe but for the stamps.
 */
final class RadixHeap<V> {
  /** Greater than the number of any node. */
  static final long NOTHING = Long.MAX_VALUE;

  private static final int NONE = -1;
  private static final int BITS = 4;
  private static final int DIGITS = 1 << BITS;
  private static final int LEVELS = Long.SIZE / BITS;

  /** The lists of the lowest digit, then those of the next one. */
  private final Link<V>[] buckets;

  /** For each level the digits whose buckets may hold nodes, a bit each. */
  private final int[] digits = new int[LEVELS];

  /** The levels that may hold nodes, a bit each. */
  private int levels;

  private long floor;

  @SuppressWarnings({"unchecked", "rawtypes"})
  RadixHeap() {
    this.buckets = new Link[LEVELS * DIGITS];
    Arrays.setAll(buckets, i -> new Link<>());
  }

  /** Adds a node, which is in no list, under a number that is not below the least. */
  void add(Node<V> node, long number) {
    int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros((number ^ floor) | 1)) / BITS;
    int digit = (int) (number >>> (level * BITS)) & (DIGITS - 1);
    buckets[level * DIGITS + digit].append(node);
    digits[level] |= 1 << digit;
    levels |= 1 << level;
  }

  /** Returns a number that no node's is below; {@link #NOTHING} if there are no nodes. */
  long least() {
    int bucket = firstBucket();
    return bucket == NONE ? NOTHING : leastOf(bucket);
  }

  /** A node of the first bucket of a heap that is not empty. */
  Node<V> first() {
    return buckets[firstBucket()].oldest();
  }

  /**
   * Opens the first bucket of a heap that is not empty.
   *
   * @param noted the times of uses that are not in the entries
   * @return how many of its nodes have left it by a use
   */
  int openFirst(@Nullable UseTimes noted) {
    int bucket = firstBucket();
    floor = leastOf(bucket);
    long last = floor + (1L << shiftOf(bucket)) - 1;
    int used = 0;
    Link<V> list = buckets[bucket];
    Link<V> link = list.newer;
    list.isolate();
    while (link != list) {
      Node<V> node = (Node<V>) link;
      link = node.newer;
      // A stamp may be lower than one before it, if two uses overlapped.
      long stamp = Math.max(node.lastUse(noted), floor);
      used += stamp > last ? 1 : 0;
      add(node, stamp);
    }
    return used;
  }

  /** The first bucket that is not empty, or none; forgets those before it. */
  private int firstBucket() {
    while (levels != 0) {
      int level = Integer.numberOfTrailingZeros(levels);
      while (digits[level] != 0) {
        int bucket = level * DIGITS + Integer.numberOfTrailingZeros(digits[level]);
        if (!buckets[bucket].isEmpty()) {
          return bucket;
        }
        digits[level] &= digits[level] - 1;
      }
      levels &= levels - 1;
    }
    return NONE;
  }

  private long leastOf(int bucket) {
    int shift = shiftOf(bucket);
    return ((floor >>> shift & -DIGITS) | bucket % DIGITS) << shift;
  }

  private static int shiftOf(int bucket) {
    return bucket / DIGITS * BITS;
  }
}
