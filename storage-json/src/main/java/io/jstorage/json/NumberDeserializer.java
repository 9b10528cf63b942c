package io.jstorage.json;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads a number as the simplest type that holds it exactly. */
final class NumberDeserializer extends StdScalarDeserializer<Number> {
  NumberDeserializer() {
    super(Number.class);
  }

  @Override
  public Number deserialize(JsonParser parser, DeserializationContext context) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return whole(parser);
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      return fractional(parser);
    }
    return (Number) context.handleUnexpectedToken(getValueType(context), parser);
  }

  static Number whole(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> parser.getBigIntegerValue();
    };
  }

  /**
   * A double's shortest text distinguishes it from all its neighbours, so a number that is equal to
   * that text is meant to be the double. {@code Double.toString} gives the shortest text only from
   * Java 19 on; Jackson's own algorithm, with which doubles are written too, gives it always.
   */
  static Number fractional(JsonParser parser) {
    if (NotANumber.is(parser)) {
      return parser.getDoubleValue();
    }
    String text = parser.getString();
    double value = Double.parseDouble(text);
    if (!Double.isInfinite(value)) {
      String shortest = NumberOutput.toString(value, true);
      if (shortest.equals(text) || new BigDecimal(shortest).compareTo(decimal(parser)) == 0) {
        return value;
      }
    }
    return decimal(parser);
  }

  /** Whether a double is written as this very text, digit by digit. */
  static boolean isTextOfADouble(String text) {
    double value = Double.parseDouble(text);
    return !Double.isInfinite(value) && NumberOutput.toString(value, true).equals(text);
  }

  static BigDecimal decimal(JsonParser parser) {
    try {
      return parser.getDecimalValue();
    } catch (NumberFormatException e) {
      throw new InputCoercionException(
          parser,
          "the exponent of a number is beyond those of a BigDecimal",
          parser.currentToken(),
          BigDecimal.class);
    }
  }
}
