package io.jstorage.json;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jackson.JsonNodeDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/** Reads trees as Jackson does, except that a number that is no double stays what it is. */
final class TreeDeserializer extends DelegatingDeserializer {
  TreeDeserializer(Class<? extends JsonNode> type) {
    super(JsonNodeDeserializer.getDeserializer(type));
  }

  private TreeDeserializer(ValueDeserializer<?> deserializer) {
    super(deserializer);
  }

  @Override
  protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> deserializer) {
    return new TreeDeserializer(deserializer);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) {
    return super.deserialize(new ExactNumbers(parser), context);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context, Object value) {
    return super.deserialize(new ExactNumbers(parser), context, value);
  }

  /** Claims that the numbers that a double would not keep are decimals. */
  private static final class ExactNumbers extends JsonParserDelegate {
    ExactNumbers(JsonParser parser) {
      super(parser);
    }

    @Override
    public NumberTypeFP getNumberTypeFP() {
      boolean isDecimal =
          delegate.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
              && !NotANumber.is(delegate)
              && !NumberDeserializer.isTextOfADouble(delegate.getString());
      return isDecimal ? NumberTypeFP.BIG_DECIMAL : super.getNumberTypeFP();
    }

    @Override
    public BigDecimal getDecimalValue() {
      return NumberDeserializer.decimal(delegate);
    }
  }
}
