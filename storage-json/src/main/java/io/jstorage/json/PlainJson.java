package io.jstorage.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Values as nothing but their JSON, in which 1.10 is 1.1 and an object has no order. */
final class PlainJson {
  private static final ObjectReader READER =
      StrictMapper.INSTANCE.readerFor(Object.class).with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);

  /** The types that untyped JSON is read as, by this library or by a mapper of the caller. */
  private static final Set<Class<?>> TYPES =
      Set.of(
          String.class,
          Boolean.class,
          Integer.class,
          Long.class,
          BigInteger.class,
          Double.class,
          BigDecimal.class,
          ArrayList.class,
          LinkedHashMap.class);

  private final JsonMapper mapper;

  PlainJson(JsonMapper mapper) {
    this.mapper = mapper;
  }

  static boolean isPlain(Object value) {
    return TYPES.contains(value.getClass());
  }

  boolean isSame(Object a, Object b) {
    Object first = plain(a);
    return first == null ? isNull(b) : first.equals(plain(b));
  }

  /** Returns whether a value is read as null in an untyped place. */
  boolean isNull(Object value) {
    return value instanceof JsonNode node
        ? node.isNull() || node.isMissingNode()
        : State.isOfTheJdk(value.getClass()) && plain(value) == null;
  }

  private @Nullable Object plain(Object value) {
    try {
      return READER.readValue(mapper.writeValueAsBytes(value));
    } catch (JacksonException e) {
      // Nothing is the same as what is not JSON.
      return new Object();
    }
  }
}
