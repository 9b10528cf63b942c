package io.jstorage.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Nodes in order of a number each, the smallest first: a heap of four children per node, whose
 * nodes know their place, so that any of them can be removed or replaced. The numbers lie beside
 * each other in an array of their own: comparing them touches no node.
 *
 * <p>Not thread-safe. Adding the largest number is O(1), everything else O(log n).
 */
abstract class NodeHeap<N> {
  /** The index of a node that is not in the heap. */
  static final int ABSENT = -1;

  private static final int FIRST_CAPACITY = 16;

  private final int maxCapacity;
  private @Nullable Object[] nodes = {};
  private long[] numbers = {};
  private int size;

  /** Makes a heap that never holds more than {@code maxCapacity} nodes. */
  NodeHeap(int maxCapacity) {
    this.maxCapacity = maxCapacity;
  }

  abstract int indexOf(N node);

  abstract void setIndex(N node, int index);

  boolean isEmpty() {
    return size == 0;
  }

  /** The node with the smallest number of a heap that is not empty. */
  N first() {
    return at(0);
  }

  /** The smallest number of a heap that is not empty. */
  long firstNumber() {
    return numbers[0];
  }

  /** Makes sure that the next {@link #add} finds room: what runs out of memory does so here. */
  void reserve() {
    // A full heap is never added to before a node has left it.
    if (size == nodes.length && size < maxCapacity) {
      int wanted = Math.max(FIRST_CAPACITY, size + (size >> 1));
      int capacity = wanted < 0 ? maxCapacity : Math.min(wanted, maxCapacity);
      long[] moreNumbers = Arrays.copyOf(numbers, capacity);
      nodes = Arrays.copyOf(nodes, capacity);
      numbers = moreNumbers;
    }
  }

  void add(N node, long number) {
    reserve();
    size++;
    moveUp(size - 1, node, number);
  }

  /** Gives the first node a number that is not smaller than its present one. */
  void raiseFirst(long number) {
    moveDown(0, at(0), number);
  }

  void remove(N node) {
    int hole = indexOf(node);
    setIndex(node, ABSENT);
    size--;
    N last = at(size);
    long number = numbers[size];
    nodes[size] = null;
    if (hole < size) {
      if (hole > 0 && number < numbers[(hole - 1) >> 2]) {
        moveUp(hole, last, number);
      } else {
        moveDown(hole, last, number);
      }
    }
  }

  /** Puts a node into the place of another, with the same number. */
  void replace(N old, N replacement) {
    int index = indexOf(old);
    nodes[index] = replacement;
    setIndex(replacement, index);
    setIndex(old, ABSENT);
  }

  private void moveUp(int from, N node, long number) {
    int index = from;
    while (index > 0) {
      int parent = (index - 1) >> 2;
      if (numbers[parent] <= number) {
        break;
      }
      set(index, at(parent), numbers[parent]);
      index = parent;
    }
    set(index, node, number);
  }

  private void moveDown(int from, N node, long number) {
    int index = from;
    while (true) {
      int child = smallestChild(index);
      if (child < 0 || numbers[child] >= number) {
        break;
      }
      set(index, at(child), numbers[child]);
      index = child;
    }
    set(index, node, number);
  }

  private int smallestChild(int index) {
    long begin = 4L * index + 1;
    if (begin >= size) {
      return -1;
    }
    int smallest = (int) begin;
    int end = (int) Math.min(begin + 4, size);
    for (int child = smallest + 1; child < end; child++) {
      if (numbers[child] < numbers[smallest]) {
        smallest = child;
      }
    }
    return smallest;
  }

  private void set(int index, N node, long number) {
    nodes[index] = node;
    numbers[index] = number;
    setIndex(node, index);
  }

  @SuppressWarnings("unchecked")
  private N at(int index) {
    return (N) nodes[index];
  }
}
