package io.jstorage.memory;

import org.jspecify.annotations.Nullable;

/**
 * The entries of a {@link LruTable} in an order in which the least recently used one is found
 * lazily: an access to an entry only changes its stamp and moves nothing.
 *
 * <p>Every entry is queued under an earlier value of its stamp: a lower bound, as stamps only grow.
 * The first entry whose number still equals its stamp is therefore the least recently used of all;
 * an entry that was accessed since is queued again under its present stamp. An access causes at
 * most one such re-queue, later, so there are never more re-queues than operations.
 *
 * <p>Fresh entries arrive in the order of their stamps and wait in a list, those queued again in a
 * {@link RadixHeap}. Finding the least recently used entry is O(1) if the oldest have not been
 * accessed since they were written; otherwise each access costs some moves, at most one for each
 * digit of a stamp. The first search after accesses to all n entries moves them all, O(n). Nothing
 * is allocated. Not thread-safe but for the stamps: the writer lock guards everything else.
 */
final class RecencyQueue<V> {
  private final Link<V> fresh = new Link<>();
  private final RadixHeap<V> again = new RadixHeap<>();
  private long requeues;
  private long added;

  /** How often an entry had to be queued again. */
  long requeues() {
    return requeues;
  }

  /**
   * Adds a fresh entry, whose stamp exceeds those of all others, in place of an older one of its
   * key, if there is one.
   */
  void add(Node<V> node, @Nullable Node<V> old) {
    if (old != null) {
      old.unlink();
    }
    fresh.append(node);
    added++;
  }

  /** How many entries have been added. */
  long added() {
    return added;
  }

  void remove(Node<V> node) {
    node.unlink();
  }

  /** Puts a copy of an entry into its place. */
  void replace(Node<V> old, Node<V> copy) {
    old.replaceWith(copy);
  }

  /**
   * Finds the least recently used entry of a queue that is not empty, and leaves it where it is.
   *
   * @param now a stamp taken just before. Entries used later are used at the same time as this
   *     search: once there are no others, any will do, and the search ends in spite of readers that
   *     are faster.
   * @param noted the times of uses that are not in the entries
   */
  Node<V> leastRecentlyUsed(long now, @Nullable UseTimes noted) {
    while (true) {
      long least = again.least();
      if (!fresh.isEmpty() && fresh.oldest().version < least) {
        Node<V> node = fresh.oldest();
        long stamp = node.lastUse(noted);
        if (stamp <= node.version) {
          return node;
        }
        node.unlink();
        again.add(node, stamp);
        requeues++;
      } else {
        Node<V> node = again.first();
        if (least >= now || node.lastUse(noted) <= least) {
          return node;
        }
        requeues += again.openFirst(noted);
      }
    }
  }
}
