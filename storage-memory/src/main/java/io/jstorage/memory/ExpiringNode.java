package io.jstorage.memory;

import org.jspecify.annotations.Nullable;

/** An entry with a deadline. 80 bytes with compressed references. */
class ExpiringNode<V> extends Node<V> {
  /** In nanoseconds since the epoch: the first instant at which the entry no longer exists. */
  final long deadline;

  // The place in Deadlines, guarded by the writer lock: an index in its heap, or in one of its
  // runs.
  int deadlineIndex = DeadlineHeap.ABSENT;

  @Nullable ExpiringNode<V> sooner;
  @Nullable ExpiringNode<V> later;

  ExpiringNode(String key, int hash, V value, long version, long deadline) {
    super(key, hash, value, version);
    this.deadline = deadline;
  }

  @Override
  ExpiringNode<V> copy(int newHash) {
    ExpiringNode<V> copy = new ExpiringNode<>(key, newHash, value, version, deadline);
    copy.use(lastUse());
    return copy;
  }
}
