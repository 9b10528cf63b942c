package io.jstorage.memory;

/** An entry with a deadline. 64 bytes with compressed references. */
class ExpiringNode<V> extends Node<V> {
  /** In nanoseconds since the epoch: the first instant at which the entry no longer exists. */
  final long deadline;

  /** The place in the heap of deadlines, guarded by the writer lock. */
  int deadlineIndex = DeadlineHeap.ABSENT;

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
