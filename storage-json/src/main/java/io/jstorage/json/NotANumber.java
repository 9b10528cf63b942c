package io.jstorage.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;

/** The rule on NaN and the infinities, which JSON does not have, and how a mapper lifts it. */
final class NotANumber {
  /** Set in readers and writers of a mapper that has either of the features. */
  static final Object ALLOWED = NotANumber.class;

  private NotANumber() {}

  static boolean isAllowed(JsonMapper mapper) {
    return mapper.isEnabled(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        || mapper.isEnabled(JsonWriteFeature.WRITE_NAN_AS_STRINGS);
  }

  static boolean mayBeRead(DeserializationContext context) {
    return JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.enabledIn(context.getFormatReadFeatures(0))
        || isAllowed(context);
  }

  static boolean mayBeWritten(ObjectWriteContext context) {
    return JsonWriteFeature.WRITE_NAN_AS_STRINGS.enabledIn(context.getFormatWriteFeatures(0))
        || (context instanceof SerializationContext serialization && isAllowed(serialization));
  }

  private static boolean isAllowed(DatabindContext context) {
    return context.getAttribute(ALLOWED) != null;
  }

  /** Unlike {@code isNaN()}, says no of a number that is too large for a double. */
  static boolean is(JsonParser parser) {
    String text = parser.getString();
    return !text.isEmpty() && Character.isLetter(text.charAt(text.length() - 1));
  }
}
