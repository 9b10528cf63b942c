package io.jstorage.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes the maps, lists and scalars that untyped JSON is read as, without looking for a serializer
 * for each of them, and everything else by the mapper. The text is the same. It calls itself once a
 * level, which the limit on nesting bounds.
 *
 * <p>A failure does not name its place in the value: the mapper's own does.
 */
final class UntypedSerializer extends StdSerializer<UntypedSerializer.Root> {
  /** A whole value. */
  record Root(@Nullable Object value) {}

  /** A key is no text; what was written so far is of no use. */
  private static final class OtherKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherKeyException() {
      super(null, null, false, false);
    }
  }

  UntypedSerializer() {
    super(Root.class);
  }

  @Override
  public void serialize(Root root, JsonGenerator generator, SerializationContext context) {
    StrictGenerator strict = (StrictGenerator) generator;
    write(root.value, strict, strict.delegate());
  }

  private static void write(@Nullable Object value, StrictGenerator strict, JsonGenerator plain) {
    if (value != null && value.getClass() == ArrayList.class) {
      writeArray((ArrayList<?>) value, strict, plain);
    } else if (value instanceof Map<?, ?> map && isPlain(map)) {
      writeObject(map, strict, plain);
    } else {
      writeScalar(value, strict, plain);
    }
  }

  /** No two texts in such a map are equal. */
  private static boolean isPlain(Map<?, ?> map) {
    return map.getClass() == LinkedHashMap.class || map.getClass() == HashMap.class;
  }

  private static void writeObject(Map<?, ?> map, StrictGenerator strict, JsonGenerator plain) {
    plain.writeStartObject(map);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new OtherKeyException();
      }
      strict.checkName(name);
      plain.writeName(name);
      Object value = entry.getValue();
      if (value instanceof String text) {
        plain.writeString(text);
      } else {
        write(value, strict, plain);
      }
    }
    plain.writeEndObject();
  }

  private static void writeArray(List<?> list, StrictGenerator strict, JsonGenerator plain) {
    int size = list.size();
    plain.writeStartArray(list, size);
    for (int i = 0; i < size; i++) {
      Object element = list.get(i);
      if (element instanceof String text) {
        plain.writeString(text);
      } else {
        write(element, strict, plain);
      }
    }
    plain.writeEndArray();
  }

  /** Scalars that need no check go past the strict generator. */
  private static void writeScalar(
      @Nullable Object value, StrictGenerator strict, JsonGenerator plain) {
    if (value instanceof String text) {
      plain.writeString(text);
    } else if (value instanceof Integer number) {
      plain.writeNumber(number);
    } else if (value instanceof Long number) {
      plain.writeNumber(number);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      plain.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      plain.writeBoolean(flag);
    } else if (value == null) {
      plain.writeNull();
    } else {
      strict.writePOJO(value);
    }
  }
}
