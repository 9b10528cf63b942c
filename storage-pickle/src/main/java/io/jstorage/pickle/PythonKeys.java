package io.jstorage.pickle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys that differ in Java and are one key in Python, such as 1, 1.0 and true. Python would
 * keep only one of them.
 */
final class PythonKeys {
  private PythonKeys() {}

  static void checkDistinct(@Nullable Object[] keys) throws Refusal {
    if (Arrays.stream(keys).noneMatch(PythonKeys::mayEqualAnother)) {
      return;
    }
    Set<@Nullable Object> distinct = new HashSet<>();
    for (Object key : keys) {
      if (!distinct.add(canonical(key))) {
        throw new Refusal("two keys of a dict, or elements of a set, are one to Python").in(key);
      }
    }
  }

  /** Texts and ints differ in Python where they do in Java, and most keys are such. */
  private static boolean mayEqualAnother(@Nullable Object key) {
    return key instanceof Boolean
        || key instanceof Double
        || key instanceof BigDecimal
        || key instanceof Fraction
        || key instanceof OffsetDateTime
        || key instanceof OffsetTime
        || key instanceof KeyTuple
        || key instanceof FrozenSet;
  }

  /** Returns objects that are equal if and only if the keys are in Python. */
  private static @Nullable Object canonical(@Nullable Object key) {
    if (key instanceof Boolean isOne) {
      return isOne ? BigDecimal.ONE : BigDecimal.ZERO;
    } else if (key instanceof Long number) {
      return stripped(BigDecimal.valueOf(number));
    } else if (key instanceof BigInteger number) {
      return stripped(new BigDecimal(number));
    } else if (key instanceof BigDecimal number) {
      return stripped(number);
    } else if (key instanceof Double number) {
      return Double.isFinite(number) ? stripped(new BigDecimal(number)) : number;
    } else if (key instanceof Fraction fraction) {
      return canonical(fraction);
    } else if (key instanceof OffsetDateTime time) {
      return time.toInstant();
    } else if (key instanceof OffsetTime time) {
      // Not as an OffsetTime has it: Python does not wrap round midnight.
      long offset = time.getOffset().getTotalSeconds() * 1_000_000_000L;
      return new TimeOfDay(time.toLocalTime().toNanoOfDay() - offset);
    } else if (key instanceof KeyTuple tuple) {
      return Arrays.asList(canonical(tuple.toArray()));
    } else if (key instanceof FrozenSet set) {
      return new HashSet<>(Arrays.asList(canonical(set.toArray())));
    }
    return key;
  }

  private record TimeOfDay(long nanos) {}

  private static @Nullable Object[] canonical(@Nullable Object[] keys) {
    for (int i = 0; i < keys.length; i++) {
      keys[i] = canonical(keys[i]);
    }
    return keys;
  }

  private static BigDecimal stripped(BigDecimal number) {
    return number.stripTrailingZeros();
  }

  /** A fraction is equal to a decimal number if its denominator has no factor but 2 and 5. */
  private static Object canonical(Fraction fraction) {
    BigDecimal denominator = new BigDecimal(fraction.denominator());
    try {
      return stripped(new BigDecimal(fraction.numerator()).divide(denominator));
    } catch (ArithmeticException e) {
      return fraction;
    }
  }
}
