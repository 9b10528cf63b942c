package io.jstorage.json;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Says whether the values of a codec have to be looked at. As long as no object of an unexpected
 * class was ever written, and no null in an unexpected place, there is none in the next value
 * either, and looking for them would take longer than this knowledge.
 */
final class Watch {
  private final SeenClasses seen;
  private final Predicate<Class<?>> unexpected;
  private volatile boolean mustLook;
  private volatile int checked;

  /**
   * Makes one.
   *
   * @param seen the classes that the codec's mapper meets
   * @param shape the type of the values
   */
  Watch(SeenClasses seen, Shape shape) {
    this.seen = seen;
    this.unexpected = shape.unexpected();
    this.mustLook = shape.onlyALookTells();
  }

  /** To be asked after a value was written. */
  boolean mustLook() {
    int count = seen.count();
    if (!mustLook && count != checked) {
      if (seen.anyOf(checked, count, unexpected)) {
        mustLook = true;
      }
      checked = count;
    }
    return mustLook;
  }

  /** Writes null where it would be read as something else, and tells the codec that writes. */
  static final class UnexpectedNull extends ValueSerializer<Object> {
    @Override
    public void serialize(
        @Nullable Object value, JsonGenerator generator, SerializationContext context) {
      if (context.getAttribute(Watch.class) instanceof Watch watch) {
        watch.mustLook = true;
      }
      generator.writeNull();
    }
  }
}
