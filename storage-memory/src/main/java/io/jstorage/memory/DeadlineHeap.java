package io.jstorage.memory;

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

  boolean isEmpty() {
    return size == 0;
  }

  /** The entry with the earliest deadline of a heap that is not empty. */
  ExpiringNode<V> first() {
    return at(0);
  }

  /** Adds a node. There is room for it since {@link #reserve}. */
  void add(ExpiringNode<V> node) {
    size++;
    moveUp(size - 1, node);
  }

  /** Puts a node of the same deadline into the place of another. */
  void replace(ExpiringNode<V> node, ExpiringNode<V> other) {
    int index = node.deadlineIndex;
    nodes[index] = other;
    other.deadlineIndex = index;
  }

  /** Makes sure that the next {@link #add} finds room: what runs out of memory does so here. */
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

  void remove(ExpiringNode<V> node) {
    int hole = node.deadlineIndex;
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
