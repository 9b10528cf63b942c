package io.jstorage.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.PackageVersion;
import tools.jackson.databind.deser.BeanDeserializerBuilder;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.impl.SetterlessProperty;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.type.ArrayType;

/** Changes how Jackson's own deserializers behave. */
final class StrictReaders extends ValueDeserializerModifier {
  private static final long serialVersionUID = 1L;

  private static final boolean ABSENT_PRIMITIVES_FAIL =
      PackageVersion.VERSION.getMinorVersion() < 2;

  @Override
  public ValueDeserializer<?> modifyDeserializer(
      DeserializationConfig config,
      BeanDescription.Supplier description,
      ValueDeserializer<?> deserializer) {
    Class<?> type = description.getBeanClass();
    ValueDeserializer<?> finite = FiniteNumbers.in(type, deserializer);
    return ABSENT_PRIMITIVES_FAIL && type.isPrimitive() ? new AbsentIsZero(finite) : finite;
  }

  @Override
  public ValueDeserializer<?> modifyArrayDeserializer(
      DeserializationConfig config,
      ArrayType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> deserializer) {
    return FiniteNumbers.in(type.getRawClass(), deserializer);
  }

  /**
   * Keeps the getters of collections from being read through unless there is a field behind: what
   * others return is computed, and adding to it would fail or be lost.
   */
  @Override
  public BeanDeserializerBuilder updateBuilder(
      DeserializationConfig config,
      BeanDescription.Supplier description,
      BeanDeserializerBuilder builder) {
    List<SettableBeanProperty> computed = new ArrayList<>();
    builder
        .getProperties()
        .forEachRemaining(
            property -> {
              if (property instanceof SetterlessProperty && !isStored(property, description)) {
                computed.add(property);
              }
            });
    for (SettableBeanProperty property : computed) {
      builder.removeProperty(property.getFullName());
      builder.addIgnorable(property.getName());
    }
    return builder;
  }

  private static boolean isStored(
      SettableBeanProperty property, BeanDescription.Supplier description) {
    Set<String> names =
        description.get().findProperties().stream()
            .filter(definition -> definition.getName().equals(property.getName()))
            .map(BeanPropertyDefinition::getInternalName)
            .collect(Collectors.toSet());
    return StreamSupport.stream(description.getClassInfo().fields().spliterator(), false)
        .anyMatch(field -> names.contains(field.getName()));
  }

  /** Before 3.2, Jackson takes a primitive that a record's JSON does not have for a null. */
  private static final class AbsentIsZero extends DelegatingDeserializer {
    AbsentIsZero(ValueDeserializer<?> deserializer) {
      super(deserializer);
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> deserializer) {
      return new AbsentIsZero(deserializer);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return getEmptyValue(context);
    }
  }
}
