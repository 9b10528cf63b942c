package io.jstorage.json;

import io.jstorage.json.Shape.Nulls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializer;
import tools.jackson.databind.deser.impl.SetterlessProperty;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.BeanSerializer;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.UnrolledBeanSerializer;
import tools.jackson.databind.ser.bean.BeanSerializerBase;

/** A class as Jackson writes and reads it, property by property. */
final class Bean {
  private final Class<?> raw;
  private final BeanDeserializer reader;
  private final @Nullable ValueSerializer<?> writer;
  private final DeserializationContext context;
  private final BeanDescription description;
  private final List<Property> properties = new ArrayList<>();
  private boolean known;

  /**
   * Looks at a class.
   *
   * @param type the class
   * @param reader what Jackson reads it with
   * @param mapper the mapper of both
   */
  Bean(JavaType type, BeanDeserializer reader, JsonMapper mapper) {
    SerializationContext writers = mapper._serializationContext();
    this.raw = type.getRawClass();
    this.reader = reader;
    this.context = mapper._deserializationContext();
    this.description = writers.introspectBeanDescription(type);
    this.writer = writer(type, writers);
    this.known =
        isWrittenPlainly()
            && Annotations.areHarmless(description.getClassInfo())
            && description.findAnyGetter() == null
            && context.introspectBeanDescription(type).findAnySetterAccessor() == null;
    matchProperties();
  }

  private static @Nullable ValueSerializer<?> writer(JavaType type, SerializationContext writers) {
    try {
      return writers.findValueSerializer(type);
    } catch (JacksonException e) {
      // A put will say so.
      return null;
    }
  }

  private boolean isWrittenPlainly() {
    return writer != null
        && (writer.getClass() == BeanSerializer.class
            || writer.getClass() == UnrolledBeanSerializer.class);
  }

  private void matchProperties() {
    if (writer == null) {
      return;
    }
    Map<String, SettableBeanProperty> read = new HashMap<>();
    for (Iterator<SettableBeanProperty> each = reader.properties(); each.hasNext(); ) {
      SettableBeanProperty property = each.next();
      read.put(property.getName(), property);
    }
    for (Iterator<SettableBeanProperty> each = reader.creatorProperties(); each.hasNext(); ) {
      SettableBeanProperty property = each.next();
      read.put(property.getName(), property);
    }
    for (Iterator<PropertyWriter> each = writer.properties(); each.hasNext(); ) {
      PropertyWriter written = each.next();
      SettableBeanProperty settable = read.get(written.getName());
      // One that is not read is computed, or its field is not covered.
      if (settable != null) {
        properties.add(new Property(written, settable));
      }
    }
  }

  List<Property> properties() {
    return properties;
  }

  /** Whether an object can be read as one of the class. */
  boolean canBeMade() {
    ValueInstantiator maker = reader.getValueInstantiator();
    return !(writer instanceof BeanSerializerBase)
        || maker.canCreateUsingDefault()
        || maker.canCreateFromObjectWith()
        || maker.canCreateUsingDelegate();
  }

  /**
   * Whether its objects come back equal, as far as their properties do: whether the whole state is
   * in properties that are written and read. Of a record that follows from the contract of {@link
   * Record}, by which the constructor makes an equal one of what the accessors return. Of another
   * class it is the convention that a setter, or a constructor, takes what the getter returned.
   */
  boolean isKnown() {
    return known
        && properties.stream().allMatch(Property::isPlain)
        && hasNoOtherState()
        && canBeMadeEmpty();
  }

  private boolean canBeMadeEmpty() {
    ValueInstantiator maker = reader.getValueInstantiator();
    try {
      return !maker.canCreateUsingDefault() || maker.createUsingDefault(context) != null;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private boolean hasNoOtherState() {
    State state = State.of(raw);
    Map<String, BeanPropertyDefinition> definitions = new HashMap<>();
    for (BeanPropertyDefinition each : description.findProperties()) {
      definitions.put(each.getName(), each);
    }
    Map<String, Class<?>> covered = new HashMap<>();
    for (Property property : properties) {
      BeanPropertyDefinition definition = definitions.get(property.written.getName());
      if (definition != null) {
        covered.put(definition.getInternalName(), property.type().getRawClass());
      }
    }
    return state.isCoveredBy(covered)
        && state.isMadeBy(reader.getValueInstantiator(), properties.size());
  }

  /** A property that is written and read. */
  final class Property {
    private final PropertyWriter written;
    private final SettableBeanProperty read;

    private Property(PropertyWriter written, SettableBeanProperty read) {
      this.written = written;
      this.read = read;
    }

    JavaType type() {
      return read.getType();
    }

    AnnotatedMember accessor() {
      return written.getMember();
    }

    /** Whether Jackson writes and reads it as any value of its type, and into its own place. */
    boolean isPlain() {
      return written.getClass() == BeanPropertyWriter.class
          && !(read instanceof SetterlessProperty)
          && !read.hasValueTypeDeserializer()
          && written.getType().equals(read.getType())
          && Annotations.areHarmless(written.getMember())
          && Annotations.areHarmless(read.getMember());
    }

    Nulls nulls() {
      if (KnownTypes.readsNullAsAnother(type().getRawClass())) {
        return Nulls.ARE_WATCHED;
      }
      return takesNull() ? Nulls.COME_BACK : Nulls.ARE_LOOKED_FOR;
    }

    /** Tries it: whether the setter of an empty bean takes null, and the getter returns it. */
    private boolean takesNull() {
      ValueInstantiator maker = reader.getValueInstantiator();
      if (type().isPrimitive()
          || !(read.getMember() instanceof AnnotatedMethod)
          || !maker.canCreateUsingDefault()) {
        return true;
      }
      try {
        Object bean = maker.createUsingDefault(context);
        read.set(context, bean, null);
        return accessor().getValue(bean) == null;
      } catch (RuntimeException e) {
        return false;
      }
    }
  }
}
