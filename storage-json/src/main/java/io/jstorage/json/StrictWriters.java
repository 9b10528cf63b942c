package io.jstorage.json;

import java.util.List;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/** Lets nulls be noticed where they would be read as something else. */
final class StrictWriters extends ValueSerializerModifier {
  private static final long serialVersionUID = 1L;

  @Override
  public List<BeanPropertyWriter> changeProperties(
      SerializationConfig config,
      BeanDescription.Supplier description,
      List<BeanPropertyWriter> properties) {
    for (BeanPropertyWriter property : properties) {
      if (!property.hasNullSerializer()
          && KnownTypes.readsNullAsAnother(property.getType().getRawClass())) {
        property.assignNullSerializer(new Watch.UnexpectedNull());
      }
    }
    return properties;
  }
}
