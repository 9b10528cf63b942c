package io.jstorage.pickle;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code frozenset} of Python: a set that cannot be changed, and that the codec {@code pickle}
 * writes as a frozenset again.
 *
 * <p>Its elements are what may be a key in Python: null, Boolean, Long, BigInteger, Double,
 * BigDecimal, {@link Fraction}, String, the types of {@code java.time} that the codec has, UUID,
 * {@code ByteBuffer} for bytes, and lists and sets of these. As a {@link java.util.Set} it is equal
 * to any set of equal elements. Immutable and thread-safe.
 *
 * <p>The order, which is also that of the iterator, has no meaning. It is there to keep hash tables
 * of sets fast.
 */
public final class FrozenSet extends AbstractSet<@Nullable Object>
    implements Comparable<FrozenSet> {
  private final @Nullable Object[] elements;
  private final int hashCode;

  /** Takes keys, and takes the array over. Fails if two are equal. */
  FrozenSet(@Nullable Object[] keys) throws Refusal {
    Arrays.sort(keys, KeyOrder.INSTANCE);
    for (int i = 1; i < keys.length; i++) {
      if (KeyOrder.INSTANCE.compare(keys[i - 1], keys[i]) == 0) {
        throw Keys.twice(keys[i]);
      }
    }
    this.elements = keys;
    this.hashCode = super.hashCode();
  }

  /**
   * Makes a set.
   *
   * @param elements the elements; copied
   * @return the set
   * @throws IllegalArgumentException if an element cannot be a key in Python, or is there twice
   */
  public static FrozenSet of(@Nullable Object... elements) {
    return copyOf(Arrays.asList(elements));
  }

  /**
   * Makes a set of what another collection has.
   *
   * @param elements the elements; copied
   * @return the set
   * @throws IllegalArgumentException if an element cannot be a key in Python, or is there twice
   */
  public static FrozenSet copyOf(Collection<?> elements) {
    try {
      return new FrozenSet(Keys.ofJava(elements));
    } catch (Refusal e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
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
      // What cannot be a key is not in it.
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
  public int compareTo(FrozenSet other) {
    return KeyOrder.compare(elements, other.elements);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FrozenSet set
        ? hashCode == set.hashCode && compareTo(set) == 0
        : super.equals(other);
  }

  @Override
  public int hashCode() {
    return hashCode;
  }
}
