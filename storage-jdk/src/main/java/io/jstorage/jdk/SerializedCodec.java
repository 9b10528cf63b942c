package io.jstorage.jdk;

import io.jstorage.Codec;
import io.jstorage.TypeRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The codec {@code serialized}, which keeps values by Java serialization. Thread-safe.
 *
 * <p>A stream may name only the classes that the type of the values names, as such or as type
 * arguments, and their superclasses; the JDK's values (strings, boxes, {@code BigDecimal}, {@code
 * java.time}, {@code UUID}, {@code URI} and the like), its collections, and arrays of all these;
 * and what is allowed besides: classes ({@code com.acme.Invoice}, {@code com.acme.Invoice$Line}),
 * the classes of a package ({@code com.acme.*}), or those of its subpackages, too ({@code
 * com.acme.**}). Any other class, and every dynamic proxy, is refused before it is loaded.
 * Superclasses, enums and nested classes of what is allowed need names of their own.
 *
 * <p>Objects nested deeper than 20, more than 100 000 references, arrays of more than 1 000 000
 * objects, arrays of primitives longer than the stream, the JDK's collections with more than 1 000
 * 000 elements where those of shared parts count each time, or that contain themselves, and streams
 * of more than a given number of bytes are refused. The JVM-wide {@link java.io.ObjectInputFilter}
 * is asked as well. These limits stop the known bombs, but no limit makes serialization safe if an
 * attacker can write into the store: keep such data in another format.
 *
 * <p>Encoding reads back what it wrote and throws if the value could not be read again. Decoding to
 * an object of another type is an {@link IOException}.
 *
 * <p>Classes are looked for by the context class loader of the thread that makes the codec, by the
 * loaders of the classes in the type, and by this library's own. If the context class loader does
 * not see the very classes of the type, their loaders come first.
 *
 * @param <V> the type of the values
 */
public final class SerializedCodec<V> implements Codec<V> {
  /** The most bytes of a serialized object unless another limit is named: 64 MiB. */
  public static final int DEFAULT_LIMIT = 64 << 20;

  private final Class<?> type;
  private final AllowList allowList;
  private final int maxBytes;
  private final Set<ClassLoader> loaders = new LinkedHashSet<>();

  private SerializedCodec(TypeRef<V> type, Collection<String> allow, int maxBytes) {
    this.type = MethodType.methodType(type.rawType()).wrap().returnType();
    this.maxBytes = maxBytes;
    Set<Class<?>> named = new LinkedHashSet<>();
    addClasses(type.type(), named);
    this.allowList = new AllowList(named, allow);
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null && named.stream().allMatch(c -> sees(context, c))) {
      // It sees at least as much as those of the type, and what the application means by a name.
      addLoader(context);
    }
    for (Class<?> c : named) {
      addLoader(c.getClassLoader());
    }
    addLoader(context);
    addLoader(SerializedCodec.class.getClassLoader());
  }

  /**
   * Makes a codec with the default limit.
   *
   * @param type the type of the values
   * @param allow the classes that a stream may contain besides {@code type} and the JDK's values
   * @param <V> the type of the values
   * @return the codec
   * @throws IllegalArgumentException if {@code allow} has something else than classes and packages
   */
  public static <V> SerializedCodec<V> of(Class<V> type, String... allow) {
    return of(TypeRef.of(type), List.of(allow), DEFAULT_LIMIT);
  }

  /**
   * Makes a codec.
   *
   * @param type the type of the values
   * @param allow the classes that a stream may contain besides
   * @param maxBytes the most bytes of one serialized object
   * @param <V> the type of the values
   * @return the codec
   * @throws IllegalArgumentException if {@code allow} has something else than classes and packages,
   *     or {@code maxBytes} is not positive
   */
  public static <V> SerializedCodec<V> of(TypeRef<V> type, Collection<String> allow, int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes is at least 1, not " + maxBytes);
    }
    return new SerializedCodec<>(type, allow, maxBytes);
  }

  private static boolean sees(ClassLoader loader, Class<?> c) {
    if (c.getClassLoader() == null) {
      return true; // Every loader sees the classes of the JDK's core.
    }
    try {
      return Class.forName(c.getName(), false, loader) == c;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private void addLoader(@Nullable ClassLoader loader) {
    if (loader != null) {
      loaders.add(loader);
    }
  }

  /** Adds the classes that a type names: the user who named them wants them to be read. */
  private static void addClasses(Type type, Set<Class<?>> classes) {
    if (type instanceof Class<?> c) {
      classes.add(c);
    } else if (type instanceof GenericArrayType array) {
      addClasses(array.getGenericComponentType(), classes);
    } else if (type instanceof ParameterizedType parameterized) {
      addClasses(parameterized.getRawType(), classes);
      for (Type argument : parameterized.getActualTypeArguments()) {
        addClasses(argument, classes);
      }
    }
  }

  /** Reads back what it wrote, so that no value is stored that the limits would refuse later. */
  @Override
  public byte[] encode(V value) throws IOException {
    var target = new ByteArrayOutputStream();
    var out = new ObjectOutputStream(target);
    out.writeObject(value);
    out.flush();
    byte[] encoded = target.toByteArray();
    read(encoded);
    return encoded;
  }

  @Override
  @SuppressWarnings("unchecked") // its class is checked, its type arguments cannot be
  public V decode(byte[] bytes) throws IOException {
    return (V) read(bytes);
  }

  private Object read(byte[] bytes) throws IOException {
    if (bytes.length > maxBytes) {
      throw new IOException(
          "the serialized object has %d bytes, and the limit is %d (serialized.limit)"
              .formatted(bytes.length, maxBytes));
    }
    var source = new ByteArrayInputStream(bytes);
    try {
      var in = new AllowedInput(source, bytes.length, allowList, loaders);
      Object value = in.readAllowed();
      if (!type.isInstance(value)) {
        throw new IOException(
            "the stream holds %s, not a value of type %s"
                .formatted(
                    value == null ? "null" : "an object of type " + value.getClass().getName(),
                    type.getName()));
      }
      if (source.available() > 0 || in.read() >= 0) {
        throw new IOException("there are bytes after the end of the serialized object");
      }
      return value;
    } catch (EOFException e) {
      throw new IOException("the serialized object is cut short", e);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IOException("a class of the serialized object cannot be loaded: " + e, e);
    }
  }

  @Override
  public String contentType() {
    return "application/x-java-serialized-object";
  }
}
