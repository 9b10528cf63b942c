package io.jstorage.pickle;

import java.math.BigInteger;
import java.util.Objects;

/**
 * A {@code fractions.Fraction} of Python: a rational number in its lowest terms.
 *
 * <p>Immutable; equal fractions are equal records.
 *
 * @param numerator the numerator, which has the sign
 * @param denominator the denominator, which is positive
 */
public record Fraction(BigInteger numerator, BigInteger denominator)
    implements Comparable<Fraction> {
  /**
   * Makes a fraction of two numbers, and puts it into its lowest terms.
   *
   * @param numerator the number above
   * @param denominator the number below
   * @throws IllegalArgumentException if the denominator is zero
   */
  public Fraction {
    Objects.requireNonNull(numerator, "numerator");
    if (denominator.signum() == 0) {
      throw new IllegalArgumentException("a Fraction has a denominator other than 0");
    }
    BigInteger divisor = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      divisor = divisor.negate();
    }
    numerator = numerator.divide(divisor);
    denominator = denominator.divide(divisor);
  }

  /**
   * Makes a fraction of two numbers, and puts it into its lowest terms.
   *
   * @param numerator the number above
   * @param denominator the number below
   * @return the fraction
   * @throws IllegalArgumentException if the denominator is zero
   */
  public static Fraction of(long numerator, long denominator) {
    return new Fraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /** Compares the numbers; consistent with equals. */
  @Override
  public int compareTo(Fraction other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  /** Returns the text that Python's constructor takes, such as {@code -1/3}. */
  @Override
  public String toString() {
    return denominator.equals(BigInteger.ONE)
        ? numerator.toString()
        : numerator + "/" + denominator;
  }
}
