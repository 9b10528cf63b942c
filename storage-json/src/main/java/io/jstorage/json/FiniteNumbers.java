package io.jstorage.json;

import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.type.ArrayType;

/** Refuses the infinity that Jackson makes of a number that is too large, and the text "NaN". */
final class FiniteNumbers extends ValueDeserializerModifier {
  private static final long serialVersionUID = 1L;

  private static final Set<Class<?>> TYPES =
      Set.of(double.class, Double.class, float.class, Float.class, double[].class, float[].class);

  @Override
  public ValueDeserializer<?> modifyDeserializer(
      DeserializationConfig config,
      BeanDescription.Supplier description,
      ValueDeserializer<?> deserializer) {
    return TYPES.contains(description.getBeanClass()) ? new Checking(deserializer) : deserializer;
  }

  @Override
  public ValueDeserializer<?> modifyArrayDeserializer(
      DeserializationConfig config,
      ArrayType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> deserializer) {
    return TYPES.contains(type.getRawClass()) ? new Checking(deserializer) : deserializer;
  }

  private static final class Checking extends DelegatingDeserializer {
    Checking(ValueDeserializer<?> deserializer) {
      super(deserializer);
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> deserializer) {
      return new Checking(deserializer);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
      Object value = super.deserialize(parser, context);
      if (!isFinite(value)) {
        context.reportInputMismatch(this, "a number is too large, or is none");
      }
      return value;
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
  }
}
