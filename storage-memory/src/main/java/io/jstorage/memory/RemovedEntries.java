package io.jstorage.memory;

import io.jstorage.RemovalCause;
import io.jstorage.RemovalListener;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The entries that have left a table: counted by their cause, and told to a listener. Guarded by
 * the table's lock, but for {@link #tell}, which is called without it.
 */
final class RemovedEntries<V> {
  private final @Nullable RemovalListener<? super V> listener;
  private long removed;
  private long evicted;
  private long expired;
  private @Nullable List<RemovedEntry<V>> pending;

  private record RemovedEntry<V>(String key, V value, RemovalCause cause) {}

  RemovedEntries(@Nullable RemovalListener<? super V> listener) {
    this.listener = listener;
  }

  /** Notes an entry that is about to leave. */
  void note(Node<V> node, RemovalCause cause) {
    if (listener != null) {
      if (pending == null) {
        pending = new ArrayList<>();
      }
      pending.add(new RemovedEntry<>(node.key, node.value, cause));
    }
    switch (cause) {
      case REMOVED -> removed++;
      case REPLACED, INVALIDATED -> {}
      case EVICTED -> evicted++;
      case EXPIRED -> expired++;
    }
  }

  /**
   * Notes all entries of a table, which are about to leave at once.
   *
   * @param live whether none of them has a deadline
   */
  void noteAll(HashTable<V> table, int size, boolean live, Predicate<Node<V>> expired) {
    if (listener == null && live) {
      removed += size;
      return;
    }
    table
        .keys()
        .forEachRemaining(
            key -> {
              Node<V> node = table.find(key);
              if (node != null) {
                note(node, expired.test(node) ? RemovalCause.EXPIRED : RemovalCause.REMOVED);
              }
            });
  }

  long removed() {
    return removed;
  }

  long evicted() {
    return evicted;
  }

  long expired() {
    return expired;
  }

  /** Returns the argument of {@link #tell} after the lock is released; null if nothing left. */
  @Nullable Object take() {
    Object taken = pending;
    pending = null;
    return taken;
  }

  /** Tells the listener what {@link #take} returned. A failure of the listener harms nobody. */
  @SuppressWarnings("unchecked")
  void tell(@Nullable Object taken) {
    RemovalListener<? super V> told = listener;
    if (taken == null || told == null) {
      return;
    }
    for (RemovedEntry<V> each : (List<RemovedEntry<V>>) taken) {
      try {
        told.removed(each.key, each.value, each.cause);
      } catch (Throwable e) {
        // Looked up here: the first logger takes some 10 ms, too long for a program's start.
        System.getLogger(RemovedEntries.class.getName())
            .log(Level.WARNING, "a removal listener failed; the entry has left anyway", e);
      }
    }
  }
}
