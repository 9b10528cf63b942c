package io.jstorage.json;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.bean.BeanDeserializer;
import tools.jackson.databind.deser.impl.FailingDeserializer;
import tools.jackson.databind.deser.impl.UnsupportedTypeDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out of a type, before there is a value, whether its values can be read at all, and whether
 * they are known to come back equal. It follows the properties, elements and type arguments.
 */
final class Shapes {
  /** Years of four digits, which every Jackson 3 reads. */
  private static final long FIRST_DATE = millis(1);

  private static final long DATES_END = millis(10_000);

  private final JsonMapper mapper;
  private final DeserializationContext readers;
  private final Map<JavaType, Shape> shapes = new HashMap<>();
  private final List<Shape> elementsOfSets = new ArrayList<>();
  private boolean known = true;

  private Shapes(JsonMapper mapper) {
    this.mapper = mapper;
    this.readers = mapper._deserializationContext();
  }

  /**
   * Returns what has to be looked at in a value of the type.
   *
   * @return the shape, or null if each value has to be read back
   * @throws IllegalArgumentException if values cannot be read, or a part of them cannot
   */
  static @Nullable Shape of(JavaType type, JsonMapper mapper) {
    Shapes shapes = new Shapes(mapper);
    Shape root = shapes.shape(type);
    shapes.checkSets();
    shapes.prune();
    return shapes.known ? root : null;
  }

  private Shape shape(JavaType type) {
    Shape found = shapes.get(type);
    if (found != null) {
      return found;
    }
    Class<?> raw = type.getRawClass();
    if (raw == Object.class || raw == Number.class || raw == Serializable.class) {
      return put(type, Shape.ofUntyped(null));
    }
    if (JsonNode.class.isAssignableFrom(raw)) {
      return tree(type);
    }
    if (KnownTypes.isScalar(raw)) {
      return put(type, Shape.ofAny());
    }
    if (type.isEnumType()) {
      known &= Enums.comeBack(type, mapper);
      return put(type, Shape.ofAny());
    }
    if (raw == Date.class) {
      return put(type, Shape.of(Shapes::isPlainDate));
    }
    if (raw == OptionalInt.class || raw == OptionalLong.class || raw == OptionalDouble.class) {
      return put(type, Shape.of(Objects::nonNull));
    }
    return type.isContainerType() || type.isReferenceType() ? container(type) : bean(type);
  }

  private Shape put(JavaType type, Shape shape) {
    shapes.put(type, shape);
    return shape;
  }

  private Shape tree(JavaType type) {
    Class<?> raw = type.getRawClass();
    known &= raw == JsonNode.class || raw == ObjectNode.class || raw == ArrayNode.class;
    // Null is read as a NullNode.
    return put(type, Shape.ofUntyped(raw == JsonNode.class ? Objects::nonNull : null));
  }

  private static boolean isPlainDate(@Nullable Object value) {
    return value == null
        || value.getClass() == Date.class
            && ((Date) value).getTime() >= FIRST_DATE
            && ((Date) value).getTime() < DATES_END;
  }

  private static long millis(int year) {
    return LocalDate.of(year, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private Shape container(JavaType type) {
    Class<?> raw = type.getRawClass();
    Shape shape = Shape.ofAny();
    if (type.isArrayType() || KnownTypes.isCollection(raw)) {
      shape = KnownTypes.isSet(raw) ? Shape.of(KnownTypes::isPlainSet) : shape;
    } else if (KnownTypes.isMap(raw)) {
      boolean sorted = SortedMap.class.isAssignableFrom(raw);
      shape = sorted ? Shape.of(KnownTypes::isPlainMap) : shape;
      known &= isKnownKey(type.getKeyType());
    } else if (raw == Optional.class) {
      // A null is read as the empty one, and so is what is written as null.
      shape = Shape.of(Objects::nonNull);
      known &= !mayBeWrittenAsNull(type.getContentType());
    } else {
      known = false;
    }
    put(type, shape);
    JavaType content = type.getContentType();
    if (content != null) {
      Shape elements = shape(content);
      boolean isSet = KnownTypes.isSet(raw);
      // Jackson reads a set of enums as an EnumSet, which has no nulls.
      shape.addElements(!isSet || !content.isEnumType(), elements);
      if (isSet) {
        elementsOfSets.add(elements);
      }
    }
    return shape;
  }

  private boolean isKnownKey(JavaType key) {
    return KnownTypes.isKey(key.getRawClass())
        || key.isEnumType() && Enums.comeBackAsNames(key, mapper);
  }

  private static boolean mayBeWrittenAsNull(JavaType type) {
    return type.isJavaLangObject()
        || type.isReferenceType()
        || JsonNode.class.isAssignableFrom(type.getRawClass());
  }

  private Shape bean(JavaType type) {
    if (readers.findTypeDeserializer(type) != null) {
      // Only a value shows which subtype it is of.
      known = false;
      return put(type, Shape.ofAny());
    }
    ValueDeserializer<?> reader = reader(type);
    if (reader instanceof AbstractDeserializer
        || reader instanceof UnsupportedTypeDeserializer
        || reader instanceof FailingDeserializer) {
      throw unreadable(
          type,
          "it is abstract, or Jackson does not know it. Name its subtypes with @JsonTypeInfo and"
              + " @JsonSubTypes, or use a class that can be made");
    }
    if (reader.getClass() != BeanDeserializer.class) {
      known = false;
      return put(type, Shape.ofAny());
    }
    Bean bean = new Bean(type, (BeanDeserializer) reader, mapper);
    if (!bean.canBeMade()) {
      throw unreadable(
          type,
          "it has no constructor that Jackson can call with the properties. Use a record, add a"
              + " constructor without parameters, annotate one with @JsonCreator, or compile with"
              + " -parameters; classes of Kotlin need the module of Jackson for Kotlin");
    }
    known &= bean.isKnown();
    Shape shape =
        type.isFinal()
            ? Shape.ofAny()
            : Shape.of(value -> value == null || value.getClass() == type.getRawClass());
    put(type, shape);
    for (Bean.Property property : bean.properties()) {
      if (property.isPlain()) {
        shape.addProperty(property.accessor(), property.takesNull(), shape(property.type()));
      }
    }
    return shape;
  }

  private ValueDeserializer<?> reader(JavaType type) {
    try {
      return readers.findContextualValueDeserializer(type, null);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(JsonFailures.describe(e), e);
    }
  }

  private static IllegalArgumentException unreadable(JavaType type, String reason) {
    return new IllegalArgumentException(
        "%s can be written but not read back: %s".formatted(type.getRawClass().getName(), reason));
  }

  /** Elements that differ may have one JSON if they are untyped, and a set keeps only one of them. */
  private void checkSets() {
    Set<Shape> seen = new HashSet<>();
    List<Shape> open = new ArrayList<>(elementsOfSets);
    while (!open.isEmpty()) {
      Shape shape = open.remove(open.size() - 1);
      known &= !shape.isUntyped();
      if (seen.add(shape)) {
        open.addAll(shape.parts());
      }
    }
  }

  private void prune() {
    Set<Shape> looking = new HashSet<>();
    boolean found = true;
    while (found) {
      found = false;
      for (Shape shape : shapes.values()) {
        boolean looks = shape.looks() || shape.parts().stream().anyMatch(looking::contains);
        found |= looks && looking.add(shape);
      }
    }
    shapes.values().forEach(shape -> shape.keepParts(looking::contains));
  }
}
