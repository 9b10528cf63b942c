package io.jstorage.pickle;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A {@code frozenset} of Python: a set that cannot be changed, and that the codec {@code pickle}
 * writes as a frozenset again.
 *
 * <p>Its elements are what may be a key in Python: null, Boolean, Long, BigInteger, Double,
 * BigDecimal, {@link Fraction}, String, the types of {@code java.time} that the codec has, UUID,
 * {@code ByteBuffer} for bytes, and lists and sets of these. As a {@link java.util.Set} it is equal
 * to any set of equal elements. Immutable and thread-safe. The order of its iterator has no
 * meaning.
 */
public abstract sealed class FrozenSet extends AbstractSet<@Nullable Object> permits KeySet {
  FrozenSet() {}

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
      return new KeySet(Keys.ofJava(elements));
    } catch (Refusal e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
