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
  private static final long LARGEST_OF_15_DIGITS = 999_999_999_999_999L;

  /** Those that a double holds exactly. */
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

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
    double few = ofFewDigits(parser);
    if (!Double.isNaN(few)) {
      return few;
    }
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

  /**
   * Returns the double of a number of up to 15 digits and no exponent, else NaN. No two such
   * numbers have the same double, so that the shortest text of the double is equal to the number.
   * The digits as an integer and the power of ten are exact doubles, and so their quotient is
   * rounded once, as it should be.
   */
  private static double ofFewDigits(JsonParser parser) {
    char[] text = parser.getStringCharacters();
    int start = parser.getStringOffset();
    int end = start + parser.getStringLength();
    boolean negative = text[start] == '-';
    long digits = 0;
    int point = end;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = 10 * digits + digit;
      } else if (text[i] == '.') {
        point = i + 1;
      } else {
        return Double.NaN;
      }
      if (digits > LARGEST_OF_15_DIGITS) {
        return Double.NaN;
      }
    }
    int fraction = end - point;
    if (fraction >= POWERS_OF_TEN.length) {
      return Double.NaN;
    }
    double value = digits / POWERS_OF_TEN[fraction];
    return negative ? -value : value;
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
