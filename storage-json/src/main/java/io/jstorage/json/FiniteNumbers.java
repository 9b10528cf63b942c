package io.jstorage.json;

import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/** Refuses the infinity that Jackson makes of a number that is too large, and the text "NaN". */
final class FiniteNumbers extends DelegatingDeserializer {
  private static final Set<Class<?>> TYPES =
      Set.of(double.class, Double.class, float.class, Float.class, double[].class, float[].class);

  private final boolean many;

  private FiniteNumbers(ValueDeserializer<?> deserializer, boolean many) {
    super(deserializer);
    this.many = many;
  }

  static ValueDeserializer<?> in(Class<?> type, ValueDeserializer<?> deserializer) {
    return TYPES.contains(type) ? new FiniteNumbers(deserializer, type.isArray()) : deserializer;
  }

  @Override
  protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> deserializer) {
    return new FiniteNumbers(deserializer, many);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) {
    // Of an array that was read, nothing says any more which element was too large.
    boolean each = many && NotANumber.mayBeRead(context);
    Object value = super.deserialize(each ? new Elements(parser, context) : parser, context);
    if (!each && !isFinite(value) && !(NotANumber.mayBeRead(context) && NotANumber.is(parser))) {
      tooLarge(context);
    }
    return value;
  }

  private void tooLarge(DeserializationContext context) {
    context.reportInputMismatch(this, "a number is too large, or is none");
  }

  private static boolean isFinite(Object value) {
    if (value instanceof Number number) {
      return Double.isFinite(number.doubleValue());
    }
    if (value instanceof double[] numbers) {
      return DoubleStream.of(numbers).allMatch(Double::isFinite);
    }
    if (value instanceof float[] numbers) {
      return IntStream.range(0, numbers.length).allMatch(i -> Float.isFinite(numbers[i]));
    }
    return true;
  }

  /** Refuses each number that is too large, and lets NaN and the infinities through. */
  private final class Elements extends JsonParserDelegate {
    private final DeserializationContext context;

    Elements(JsonParser parser, DeserializationContext context) {
      super(parser);
      this.context = context;
    }

    @Override
    public double getDoubleValue() {
      double value = super.getDoubleValue();
      check(value);
      return value;
    }

    @Override
    public float getFloatValue() {
      float value = super.getFloatValue();
      check(value);
      return value;
    }

    private void check(double value) {
      if (!Double.isFinite(value) && !NotANumber.is(delegate)) {
        tooLarge(context);
      }
    }
  }
}
