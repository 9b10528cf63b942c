package io.jstorage.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads a value of unknown type as plain maps, lists and scalars. It calls itself once a level,
 * which the limit on nesting bounds. The map detects a repeated name, which costs less than in the
 * parser.
 */
final class UntypedDeserializer extends StdDeserializer<Object> {
  /** Set in a reader that lets this class detect repeated names. */
  static final Object FINDS_DUPLICATES = UntypedDeserializer.class;

  UntypedDeserializer() {
    super(Object.class);
  }

  @Override
  public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        parser.nextToken();
        yield object(parser, context);
      }
      case PROPERTY_NAME, END_OBJECT -> object(parser, context);
      case START_ARRAY -> array(parser, context);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> NumberDeserializer.whole(parser);
      case VALUE_NUMBER_FLOAT -> NumberDeserializer.fractional(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_EMBEDDED_OBJECT -> parser.getEmbeddedObject();
      default -> context.handleUnexpectedToken(getValueType(context), parser);
    };
  }

  /** From the first name on; a type's properties may have been read before the rest. */
  private Map<String, @Nullable Object> object(JsonParser parser, DeserializationContext context) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (String name = parser.currentName();
        parser.currentToken() == JsonToken.PROPERTY_NAME;
        name = parser.nextName()) {
      if (object.containsKey(name) && context.getAttribute(FINDS_DUPLICATES) != null) {
        context.reportInputMismatch(this, "Duplicate Object property \"%s\"", name);
      }
      parser.nextToken();
      object.put(name, deserialize(parser, context));
    }
    return object;
  }

  private List<@Nullable Object> array(JsonParser parser, DeserializationContext context) {
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(deserialize(parser, context));
    }
    return array;
  }
}
