package io.jstorage.json;

import io.jstorage.json.Shape.Nulls;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/**
 * Determines from a type, before any value exists, whether its values can be read at all, and
 * whether they are known to come back equal. It follows the properties, elements and type
 * arguments.
 */
final class Shapes {
  /** Years of four digits, which every Jackson 3 reads. */
  private static final Instant FIRST_DATE = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant DATES_END = Instant.parse("+10000-01-01T00:00:00Z");

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
    // Elements that differ may have one JSON if they are untyped, and a set keeps only one of them.
    if (!shapes.known || shapes.elementsOfSets.stream().anyMatch(Shape::isUntypedSomewhere)) {
      return null;
    }
    root.prune();
    return root;
  }

  private Shape shape(JavaType type) {
    Shape found = shapes.get(type);
    if (found != null) {
      return found;
    }
    Class<?> raw = type.getRawClass();
    if (raw == Object.class || raw == Number.class || raw == Serializable.class) {
      return put(type, Shape.ofUntyped());
    }
    if (JsonNode.class.isAssignableFrom(raw)) {
      known &= KnownTypes.isTree(raw);
      return put(type, Shape.ofUntyped());
    }
    if (KnownTypes.isScalar(raw)) {
      return put(type, Shape.ofAny());
    }
    if (type.isEnumType()) {
      known &= Enums.comeBack(type, mapper);
      return put(type, Shape.ofAny());
    }
    if (raw == Date.class) {
      return put(type, Shape.ofThose(Shapes::isPlainDate));
    }
    return type.isContainerType() || type.isReferenceType() ? container(type) : bean(type);
  }

  private Shape put(JavaType type, Shape shape) {
    shapes.put(type, shape);
    return shape;
  }

  /** A Timestamp is a Date too, and would lose its nanoseconds. */
  private static boolean isPlainDate(@Nullable Object value) {
    if (value == null || value.getClass() != Date.class) {
      return value == null;
    }
    Instant instant = ((Date) value).toInstant();
    return !instant.isBefore(FIRST_DATE) && instant.isBefore(DATES_END);
  }

  private Shape container(JavaType type) {
    Class<?> raw = type.getRawClass();
    JavaType content = type.getContentType();
    boolean isSet = KnownTypes.isSet(raw);
    Shape shape = Shape.ofAny();
    if (isSet) {
      shape = Shape.ofThose(KnownTypes::isPlainSet, KnownTypes::isUnexpectedSet);
    } else if (KnownTypes.isMap(raw)) {
      boolean sorted = SortedMap.class.isAssignableFrom(raw);
      shape = sorted ? Shape.ofThose(KnownTypes::isPlainMap) : shape;
      known &= isKnownKey(type.getKeyType());
    } else if (raw == Optional.class) {
      known &= !mayBeWrittenAsNull(content);
    } else {
      known &= type.isArrayType() || KnownTypes.isCollection(raw);
    }
    put(type, shape);
    if (content != null) {
      Shape elements = shape(content);
      // Jackson reads a set of enums as an EnumSet, which has no nulls.
      boolean takesNull =
          !KnownTypes.readsNullAsAnother(content.getRawClass()) && !(isSet && content.isEnumType());
      shape.addElements(takesNull ? Nulls.COME_BACK : Nulls.ARE_LOOKED_FOR, elements);
      if (isSet) {
        elementsOfSets.add(elements);
      }
    }
    return shape;
  }

  private boolean isKnownKey(JavaType key) {
    return KnownTypes.isKey(key.getRawClass())
        || (key.isEnumType() && Enums.comeBackAsNames(key, mapper));
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
    Class<?> raw = type.getRawClass();
    Shape shape =
        type.isFinal()
            ? Shape.ofAny()
            : Shape.ofThose(
                value -> value == null || value.getClass() == raw,
                seen -> seen != raw && raw.isAssignableFrom(seen));
    put(type, shape);
    for (Bean.Property property : bean.properties()) {
      if (property.isPlain()) {
        shape.addProperty(property.accessor(), property.nulls(), shape(property.type()));
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
}
