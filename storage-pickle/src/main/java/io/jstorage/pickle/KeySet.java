package io.jstorage.pickle;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys in the order of all keys. It has an order itself, for the reason of {@link KeyTuple}. */
final class KeySet extends FrozenSet implements Comparable<KeySet> {
  private final @Nullable Object[] elements;
  private final int hashCode;
  private final int weight;

  /** Takes keys, and takes the array over. Fails if two are equal. */
  KeySet(@Nullable Object[] keys) throws Refusal {
    Arrays.sort(keys, KeyOrder.INSTANCE);
    for (int i = 1; i < keys.length; i++) {
      if (KeyOrder.INSTANCE.compare(keys[i - 1], keys[i]) == 0) {
        throw Keys.twice(keys[i]);
      }
    }
    this.elements = keys;
    this.hashCode = super.hashCode();
    this.weight = Keys.weight(keys);
  }

  int weight() {
    return weight;
  }

  @Override
  public int size() {
    return elements.length;
  }

  @Override
  public boolean contains(@Nullable Object element) {
    Object key;
    try {
      key = Keys.ofJava(element);
    } catch (Refusal e) {
      // An object that cannot be a key is not in it.
      return false;
    }
    return Arrays.binarySearch(elements, key, KeyOrder.INSTANCE) >= 0;
  }

  @Override
  public Iterator<@Nullable Object> iterator() {
    List<@Nullable Object> view = Collections.unmodifiableList(Arrays.asList(elements));
    return view.iterator();
  }

  @Override
  public int compareTo(KeySet other) {
    return KeyOrder.compare(elements, other.elements);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeySet set
        ? hashCode == set.hashCode && compareTo(set) == 0
        : super.equals(other);
  }

  @Override
  public int hashCode() {
    return hashCode;
  }
}
