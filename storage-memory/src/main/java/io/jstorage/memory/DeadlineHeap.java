package io.jstorage.memory;

import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Those entries of a {@link LruTable} that have a deadline, the earliest first: a heap of four
 * children per node, whose nodes know their place, so that any of them can be removed or replaced.
 * The deadlines lie beside each other in an array of their own: comparing them touches no node.
 *
 * <p>Not thread-safe. Adding the latest deadline is O(1), everything else O(log n).
 */
final class DeadlineHeap<V> {
  /** The index of a node that is not in the heap. */
  static final int ABSENT = -1;

  private static final int FIRST_CAPACITY = 16;

  private final int maxCapacity;
  private @Nullable Object[] nodes = {};
  private long[] deadlines = {};
  private int size;

  /** Makes a heap that never holds more than {@code maxCapacity} nodes. */
  DeadlineHeap(int maxCapacity) {
    this.maxCapacity = maxCapacity;
  }

  /** Returns whether no entry has a deadline. */
  boolean isEmpty() {
    return size == 0;
  }

  /** Returns whether the first entry has expired; asks the clock only if there is one. */
  boolean isDue(InstantSource clock) {
    return size > 0 && isDue(EpochNanos.of(clock.instant()));
  }

  /** Returns whether the first entry has expired. */
  boolean isDue(long now) {
    return size > 0 && deadlines[0] <= now;
  }

  /** The entry with the earliest deadline of a heap that is not empty. */
  ExpiringNode<V> first() {
    return at(0);
  }

  /** Adds an entry if it has a deadline. There is room for it since {@link #reserve}. */
  void note(Node<V> node) {
    if (node instanceof ExpiringNode<V> expiring) {
      size++;
      moveUp(size - 1, expiring);
    }
  }

  /** Removes an entry if it is here, as it may be if it has a deadline. */
  void forget(Node<V> node) {
    if (node instanceof ExpiringNode<V> expiring && expiring.deadlineIndex != ABSENT) {
      remove(expiring);
    }
  }

  /** Puts a copy of an entry into its place. */
  void pass(Node<V> original, Node<V> copy) {
    if (original instanceof ExpiringNode<V> from && copy instanceof ExpiringNode<V> to) {
      int index = from.deadlineIndex;
      nodes[index] = to;
      to.deadlineIndex = index;
      from.deadlineIndex = ABSENT;
    }
  }

  /** Makes sure that the next {@link #note} finds room: what runs out of memory does so here. */
  void reserve() {
    // A full heap is never added to before a node has left it.
    if (size == nodes.length && size < maxCapacity) {
      int wanted = Math.max(FIRST_CAPACITY, size + (size >> 1));
      int capacity = wanted < 0 ? maxCapacity : Math.min(wanted, maxCapacity);
      long[] moreDeadlines = Arrays.copyOf(deadlines, capacity);
      nodes = Arrays.copyOf(nodes, capacity);
      deadlines = moreDeadlines;
    }
  }

  private void remove(ExpiringNode<V> node) {
    int hole = node.deadlineIndex;
    node.deadlineIndex = ABSENT;
    size--;
    ExpiringNode<V> last = at(size);
    nodes[size] = null;
    if (hole < size) {
      if (hole > 0 && last.deadline < deadlines[(hole - 1) >> 2]) {
        moveUp(hole, last);
      } else {
        moveDown(hole, last);
      }
    }
  }

  private void moveUp(int from, ExpiringNode<V> node) {
    int index = from;
    while (index > 0) {
      int parent = (index - 1) >> 2;
      if (deadlines[parent] <= node.deadline) {
        break;
      }
      set(index, at(parent));
      index = parent;
    }
    set(index, node);
  }

  private void moveDown(int from, ExpiringNode<V> node) {
    int index = from;
    while (true) {
      int child = smallestChild(index);
      if (child < 0 || deadlines[child] >= node.deadline) {
        break;
      }
      set(index, at(child));
      index = child;
    }
    set(index, node);
  }

  private int smallestChild(int index) {
    long begin = 4L * index + 1;
    if (begin >= size) {
      return -1;
    }
    int smallest = (int) begin;
    int end = (int) Math.min(begin + 4, size);
    for (int child = smallest + 1; child < end; child++) {
      if (deadlines[child] < deadlines[smallest]) {
        smallest = child;
      }
    }
    return smallest;
  }

  private void set(int index, ExpiringNode<V> node) {
    nodes[index] = node;
    deadlines[index] = node.deadline;
    node.deadlineIndex = index;
  }

  @SuppressWarnings("unchecked")
  private ExpiringNode<V> at(int index) {
    return (ExpiringNode<V>) nodes[index];
  }
}
