package io.jstorage.pickle;

import org.jspecify.annotations.Nullable;

/**
 * A tuple of nothing but keys, as it is itself a key of a map or an element of a set. It has an
 * order, by which hash tables stay fast where hash codes are equal, and computes its hash code
 * once.
 */
final class KeyTuple extends Tuple implements Comparable<KeyTuple> {
  private final int hashCode;
  private final int weight;

  KeyTuple(@Nullable Object[] elements) {
    super(elements);
    this.hashCode = super.hashCode();
    this.weight = Keys.weight(elements);
  }

  int weight() {
    return weight;
  }

  @Override
  public int compareTo(KeyTuple other) {
    return KeyOrder.compare(elements, other.elements);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyTuple tuple
        ? hashCode == tuple.hashCode && compareTo(tuple) == 0
        : super.equals(other);
  }

  @Override
  public int hashCode() {
    return hashCode;
  }
}
