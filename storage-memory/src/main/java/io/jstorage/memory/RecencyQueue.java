package io.jstorage.memory;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a {@link LruTable} in an order from which the least recently used one is found
 * lazily: a use of an entry only changes its stamp and moves nothing.
 *
 * <p>Every entry stands here under a number that its stamp once was: a lower bound, as stamps only
 * grow. So the first entry whose number still is its stamp is the least recently used of all; one
 * that has been used meanwhile is queued again under its present stamp. A use causes at most one
 * such re-queue, later, and so there are never more re-queues than operations.
 *
 * <p>Fresh entries arrive in the order of their stamps and wait in a list, those queued again in a
 * heap. Finding the least recently used entry is O(1) if the oldest have not been used since they
 * were written, and O(log n) amortised; the first search after all n entries were used is O(n log
 * n). Not thread-safe but for the stamps: the writer lock guards everything else.
 */
final class RecencyQueue<V> {
  private @Nullable Node<V> oldest;
  private @Nullable Node<V> newest;
  private final Heap<V> again;
  private long requeues;

  RecencyQueue(int limit) {
    this.again = new Heap<>(limit);
  }

  /** How often an entry had to be queued again. */
  long requeues() {
    return requeues;
  }

  /**
   * Adds a fresh entry, whose stamp exceeds those of all others, in place of an older one of its
   * key, if there is one. In the heap it takes the very place, whose number is a lower bound of its
   * stamp too: what is overwritten often is moved no more often than what is read.
   */
  void add(Node<V> node, @Nullable Node<V> old) {
    if (old == null) {
      append(node);
    } else if (old.heapIndex >= 0) {
      again.replace(old, node);
    } else {
      unlist(old);
      append(node);
    }
  }

  private void append(Node<V> node) {
    node.older = newest;
    if (newest == null) {
      oldest = node;
    } else {
      newest.newer = node;
    }
    newest = node;
  }

  void remove(Node<V> node) {
    if (node.heapIndex >= 0) {
      again.remove(node);
    } else {
      unlist(node);
    }
  }

  /** Puts a copy of an entry into its place. */
  void replace(Node<V> old, Node<V> copy) {
    if (old.heapIndex >= 0) {
      again.replace(old, copy);
      return;
    }
    copy.older = old.older;
    copy.newer = old.newer;
    if (copy.older == null) {
      oldest = copy;
    } else {
      copy.older.newer = copy;
    }
    if (copy.newer == null) {
      newest = copy;
    } else {
      copy.newer.older = copy;
    }
  }

  /**
   * Finds the least recently used entry of a queue that is not empty, and leaves it where it is.
   *
   * @param now a stamp taken just before. Entries used later are used at the same time as this
   *     search: once there are no others, any will do, and the search ends in spite of readers that
   *     are faster.
   */
  Node<V> leastRecentlyUsed(long now) {
    while (true) {
      boolean listed = oldest != null && (again.isEmpty() || oldest.version < again.firstNumber());
      Node<V> node = listed ? Objects.requireNonNull(oldest) : again.first();
      long number = listed ? node.version : again.firstNumber();
      long stamp = node.lastUse();
      if (stamp <= number || number >= now) {
        return node;
      }
      requeues++;
      if (listed) {
        again.reserve();
        unlist(node);
        again.add(node, stamp);
      } else {
        again.raiseFirst(stamp);
      }
    }
  }

  private void unlist(Node<V> node) {
    if (node.older == null) {
      oldest = node.newer;
    } else {
      node.older.newer = node.newer;
    }
    if (node.newer == null) {
      newest = node.older;
    } else {
      node.newer.older = node.older;
    }
    node.older = null;
    node.newer = null;
  }

  private static final class Heap<V> extends NodeHeap<Node<V>> {
    Heap(int limit) {
      super(limit);
    }

    @Override
    int indexOf(Node<V> node) {
      return node.heapIndex;
    }

    @Override
    void setIndex(Node<V> node, int index) {
      node.heapIndex = index;
    }
  }
}
