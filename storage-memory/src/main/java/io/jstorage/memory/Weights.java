package io.jstorage.memory;

import org.jspecify.annotations.Nullable;

/**
 * The weights of a table's entries. The weigher is asked once for each, and the answer is kept in
 * the node, so that what it answers later cannot make the sum wrong. Guarded by the table's lock,
 * but for {@link #of}.
 */
final class Weights<V> {
  private final long limit;
  private final Weigher<? super V> weigher;
  private long sum;

  Weights(long limit, Weigher<? super V> weigher) {
    this.limit = limit;
    this.weigher = weigher;
  }

  /** Asks the weigher; not under the lock, as it is the user's code. */
  long of(String key, V value) {
    long weight = weigher.weigh(key, value);
    if (weight < 0) {
      throw new IllegalArgumentException(
          "the weigher says %d for an entry, and a weight is zero or more; nothing was changed"
              .formatted(weight));
    }
    return weight;
  }

  /**
   * Makes the node of an entry. Not in the table: without weights, its classes are never loaded, so
   * that the compiler knows all nodes with a deadline to be of one class.
   */
  Node<V> node(String key, int hash, V value, long version, long weight) {
    return new WeighedNode<>(key, hash, value, version, weight);
  }

  /** Makes the node of an entry with a deadline. */
  Node<V> node(String key, int hash, V value, long version, long deadline, long weight) {
    return new WeighedExpiringNode<>(key, hash, value, version, deadline, weight);
  }

  /** Returns whether an entry is heavier than all may be together. */
  boolean isTooHeavy(Node<V> node) {
    return node.weight() > limit;
  }

  /** Returns whether an entry, which is not too heavy, fits beside all others but the old one. */
  boolean fits(Node<V> node, @Nullable Node<V> old) {
    return sum - (old == null ? 0 : old.weight()) <= limit - node.weight();
  }

  void add(Node<V> node) {
    sum += node.weight();
  }

  void subtract(Node<V> node) {
    sum -= node.weight();
  }

  void clear() {
    sum = 0;
  }

  long sum() {
    return sum;
  }
}
