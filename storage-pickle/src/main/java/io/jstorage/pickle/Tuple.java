package io.jstorage.pickle;

import java.util.AbstractList;
import java.util.Collection;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tuple} of Python: a list that cannot be changed, and that the codec {@code pickle}
 * writes as a tuple again.
 *
 * <p>Elements may be null. As a {@link java.util.List} it is equal to any list of equal elements,
 * also one that Python has as a {@code list}. Thread-safe if its elements are.
 */
public sealed class Tuple extends AbstractList<@Nullable Object> implements RandomAccess
    permits KeyTuple {
  final @Nullable Object[] elements;

  /** Takes the array over. */
  Tuple(@Nullable Object[] elements) {
    this.elements = elements;
  }

  /**
   * Makes a tuple.
   *
   * @param elements the elements; copied
   * @return the tuple
   */
  public static Tuple of(@Nullable Object... elements) {
    return new Tuple(elements.clone());
  }

  /**
   * Makes a tuple of what another collection has.
   *
   * @param elements the elements, in the order of their iterator; copied
   * @return the tuple
   */
  public static Tuple copyOf(Collection<?> elements) {
    return new Tuple(elements.toArray());
  }

  @Override
  public @Nullable Object get(int index) {
    return elements[index];
  }

  @Override
  public int size() {
    return elements.length;
  }

  @Override
  public @Nullable Object[] toArray() {
    return elements.clone();
  }
}
