package io.jstorage.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a {@link LruTable}. Its value, version and deadline never change: a write puts a new
 * node in the place of the old one, so that a reader without a lock sees all three of the same
 * write. Only its stamp and its links move.
 *
 * <p>56 bytes with compressed references.
 */
class Node<V> extends Link<V> {
  private static final VarHandle STAMP;
  private static final VarHandle NEXT;

  static {
    try {
      STAMP = MethodHandles.lookup().findVarHandle(Node.class, "stamp", long.class);
      NEXT = MethodHandles.lookup().findVarHandle(Node.class, "next", Node.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final String key;
  final int hash;
  final V value;

  /** The stamp of the write that made this entry; unique in its table. */
  final long version;

  /** The stamp of the last use. */
  @SuppressWarnings("unused") // through STAMP
  private long stamp;

  @SuppressWarnings("unused") // through NEXT
  private @Nullable Node<V> next;

  /** The place of the entry in {@link UseTimes}, if it has one. */
  int index = EntryIndices.NONE;

  Node(String key, int hash, V value, long version) {
    this.key = key;
    this.hash = hash;
    this.value = value;
    this.version = version;
    this.stamp = version;
  }

  /** A copy with another hash, used as recently, and without a place anywhere. */
  Node<V> copy(int newHash) {
    Node<V> copy = new Node<>(key, newHash, value, version);
    copy.use(lastUse());
    return copy;
  }

  /** The weight of the entry, in a table that has a limit of them. */
  long weight() {
    return 0;
  }

  /** The next node of the chain. */
  @SuppressWarnings("unchecked")
  final @Nullable Node<V> next() {
    return (Node<V>) NEXT.getAcquire(this);
  }

  /**
   * Sets the next node of the chain, under the writer lock. A reader that comes to that node sees
   * it whole; the lock makes the change visible to all as soon as the write is over.
   */
  final void next(@Nullable Node<V> node) {
    NEXT.setRelease(this, node);
  }

  long lastUse() {
    return (long) STAMP.getOpaque(this);
  }

  /** The last use of all, if some are noted elsewhere. */
  final long lastUse(@Nullable UseTimes noted) {
    long last = lastUse();
    return noted == null || last > noted.end ? last : Math.max(last, noted.lastUse(index));
  }

  final void use(long newStamp) {
    STAMP.setOpaque(this, newStamp);
  }
}
