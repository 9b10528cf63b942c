package io.jstorage.codec;

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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Java serialization of classes on an allow-list. */
final class SerializedCodec<V> implements Codec<V> {
  private final Class<?> type;
  private final AllowList allowList;
  private final int maxBytes;
  private final Set<ClassLoader> loaders = new LinkedHashSet<>();

  SerializedCodec(TypeRef<V> type, Collection<String> allow, int maxBytes) {
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
