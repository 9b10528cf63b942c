package io.jstorage.jcache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import javax.cache.CacheException;

/** Copies of objects by Java serialization, within this process. */
final class Serialization {
  private static final Set<Class<?>> IMMUTABLE =
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
          UUID.class,
          URI.class,
          Locale.class);

  private final ClassLoader loader;

  /** Finds classes by a class loader. */
  Serialization(ClassLoader loader) {
    this.loader = loader;
  }

  /** Returns whether an object is immutable, so that it needs no copy. */
  static boolean isImmutable(Object object) {
    Class<?> c = object.getClass();
    return IMMUTABLE.contains(c)
        || object instanceof Enum
        || c.getPackageName().equals("java.time");
  }

  Object copy(Object object) {
    return isImmutable(object) ? object : read(write(object));
  }

  byte[] write(Object object) {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(target)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new CacheException(
          "an object of %s cannot be copied by serialization (%s): make it Serializable, or let the cache store by reference"
              .formatted(object.getClass().getName(), e),
          e);
    }
    return target.toByteArray();
  }

  Object read(byte[] bytes) {
    try (LoaderInput in = new LoaderInput(new ByteArrayInputStream(bytes), loader)) {
      return in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new CacheException(
          "an object cannot be copied by serialization with the classes of %s: %s"
              .formatted(loader, e),
          e);
    }
  }
}
