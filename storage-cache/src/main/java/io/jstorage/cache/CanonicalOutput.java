package io.jstorage.cache;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization that writes equal strings, numbers and times of one object as one.
 *
 * <p>The stream of {@link ObjectOutputStream} depends on whether two equal strings are one object
 * or two. Two equal keys would have different bytes, depending on where their parts came from.
 */
final class CanonicalOutput extends ObjectOutputStream {
  private static final Set<Class<?>> VALUES =
      Set.of(
          String.class,
          Character.class,
          Boolean.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class);

  private final Map<Object, Object> written = new HashMap<>();

  CanonicalOutput(OutputStream target) throws IOException {
    super(target);
    enableReplaceObject(true);
  }

  @Override
  protected @Nullable Object replaceObject(@Nullable Object object) {
    if (object == null || !isValue(object.getClass())) {
      return object;
    }
    Object first = written.putIfAbsent(object, object);
    return first == null ? object : first;
  }

  private static boolean isValue(Class<?> c) {
    return VALUES.contains(c) || c.getPackageName().equals("java.time");
  }
}
