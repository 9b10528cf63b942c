package io.jstorage.pickle;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a type that a pickle is not read as by itself, or not always. Digits are never lost.
 */
final class NumberShape extends Shape {
  /** 2^53: up to here every int is a double, and beyond it not. */
  private static final long MAX_EXACT = 1L << 53;

  private static final List<NumberShape> ALL =
      List.of(
          new NumberShape(Integer.class, Number::longValue, read -> whole(read, Long::intValue)),
          new NumberShape(Short.class, Number::longValue, read -> whole(read, Long::shortValue)),
          new NumberShape(Byte.class, Number::longValue, read -> whole(read, Long::byteValue)),
          new NumberShape(
              BigInteger.class,
              value -> (Number) Scalars.integer((BigInteger) value),
              NumberShape::bigInteger),
          new NumberShape(Double.class, value -> value, NumberShape::floating),
          new NumberShape(Float.class, Number::doubleValue, NumberShape::single));

  private final Class<? extends Number> type;
  private final Function<Number, Number> lower;
  private final Function<Number, @Nullable Number> raise;

  private NumberShape(
      Class<? extends Number> type,
      Function<Number, Number> lower,
      Function<Number, @Nullable Number> raise) {
    this.type = type;
    this.lower = lower;
    this.raise = raise;
  }

  static @Nullable NumberShape of(Class<?> type) {
    return ALL.stream().filter(shape -> shape.type == type).findFirst().orElse(null);
  }

  @Override
  Object lowered(Object value) throws Refusal {
    if (value.getClass() != type) {
      throw mismatch(value, type);
    }
    return lower.apply((Number) value);
  }

  @Override
  Object raised(Object read) throws Refusal {
    Number raised = read instanceof Number number ? raise.apply(number) : null;
    if (raised == null) {
      throw read instanceof Number
          ? new Refusal("a number does not fit into %s".formatted(type.getName()))
          : mismatch(read, type);
    }
    return raised;
  }

  @Override
  boolean changes() {
    return true;
  }

  private static @Nullable Number whole(Number read, Function<Long, Number> narrow) {
    if (read instanceof Long number) {
      Number narrowed = narrow.apply(number);
      return narrowed.longValue() == number ? narrowed : null;
    }
    return null;
  }

  private static @Nullable Number bigInteger(Number read) {
    return read instanceof Long number
        ? BigInteger.valueOf(number)
        : read instanceof BigInteger ? read : null;
  }

  /** Python programs write 1 where a float is meant. */
  private static @Nullable Double floating(Number read) {
    if (read instanceof Long number && number >= -MAX_EXACT && number <= MAX_EXACT) {
      return number.doubleValue();
    }
    return read instanceof Double number ? number : null;
  }

  private static @Nullable Number single(Number read) {
    Double number = floating(read);
    return number != null && Double.compare(number.floatValue(), number) == 0
        ? (Number) number.floatValue()
        : null;
  }
}
