package io.jstorage.memory;

import java.time.InstantSource;

/** Those entries of a {@link LruTable} that have a deadline, the earliest first. */
final class DeadlineHeap<V> extends NodeHeap<ExpiringNode<V>> {
  DeadlineHeap(int limit) {
    super(limit);
  }

  /** Tells whether the first entry has expired; asks the clock only if there is one. */
  boolean isDue(InstantSource clock) {
    return !isEmpty() && firstNumber() <= EpochNanos.of(clock.instant());
  }

  void note(Node<V> node) {
    if (node instanceof ExpiringNode<V> expiring) {
      add(expiring, expiring.deadline);
    }
  }

  void forget(Node<V> node) {
    if (node instanceof ExpiringNode<V> expiring) {
      remove(expiring);
    }
  }

  /** Puts a copy of an entry into its place. */
  void pass(Node<V> original, Node<V> copy) {
    if (original instanceof ExpiringNode<V> from && copy instanceof ExpiringNode<V> to) {
      replace(from, to);
    }
  }

  @Override
  int indexOf(ExpiringNode<V> node) {
    return node.deadlineIndex;
  }

  @Override
  void setIndex(ExpiringNode<V> node, int index) {
    node.deadlineIndex = index;
  }
}
