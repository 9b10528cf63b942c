package io.jstorage.codec;

import io.jstorage.Codec;
import io.jstorage.TypeRef;
import java.util.Collection;
import java.util.List;

/** Makes the codecs of this module. All of them are thread-safe. */
public final class Codecs {
  /** The most bytes of a serialized object unless another limit is named: 64 MiB. */
  public static final int DEFAULT_SERIALIZED_LIMIT = 64 << 20;

  private Codecs() {}

  /**
   * Returns the codec {@code bytes}, which keeps values as they are.
   *
   * <p>It copies on both ways, at the cost of one {@code clone()}: changing an array after putting
   * or getting it changes nothing in any store.
   *
   * @return the codec
   */
  public static Codec<byte[]> bytes() {
    return BytesCodec.INSTANCE;
  }

  /**
   * Returns the codec {@code text}, which keeps strings as UTF-8 without a byte order mark.
   *
   * <p>It is strict: a string with an unpaired surrogate cannot be put, and malformed bytes are an
   * {@link java.io.IOException}; nothing is ever replaced by a question mark.
   *
   * @return the codec
   */
  public static Codec<String> text() {
    return TextCodec.INSTANCE;
  }

  /**
   * Makes the codec {@code serialized} with its default limit.
   *
   * @param type the type of the values
   * @param allow the classes that a stream may contain besides {@code type} and the JDK's values
   * @param <V> the type of the values
   * @return the codec that {@link #serialized(TypeRef, Collection, int)} describes
   * @throws IllegalArgumentException if {@code allow} has something else than classes and packages
   */
  public static <V> Codec<V> serialized(Class<V> type, String... allow) {
    return serialized(TypeRef.of(type), List.of(allow), DEFAULT_SERIALIZED_LIMIT);
  }

  /**
   * Makes the codec {@code serialized}, which keeps values by Java serialization.
   *
   * <p>A stream may name only the classes that {@code type} names, as such or as type arguments,
   * and their superclasses; the JDK's values (strings, boxes, {@code BigDecimal}, {@code
   * java.time}, {@code UUID}, {@code URI} and the like), its collections, and arrays of all these;
   * and what {@code allow} names: classes ({@code com.acme.Invoice}, {@code
   * com.acme.Invoice$Line}), the classes of a package ({@code com.acme.*}), or those of its
   * subpackages, too ({@code com.acme.**}). Any other class, and every dynamic proxy, is refused
   * before it is loaded. Superclasses, enums and nested classes of what {@code allow} names need
   * names of their own.
   *
   * <p>Objects nested deeper than 20, more than 100 000 references, arrays of more than 1 000 000
   * objects, arrays of primitives longer than the stream, the JDK's collections with more than 1
   * 000 000 elements where those of shared parts count each time, or that contain themselves, and
   * streams of more than {@code maxBytes} are refused. The JVM-wide {@link
   * java.io.ObjectInputFilter} is asked as well. These limits stop the known bombs, but no limit
   * makes serialization safe if an attacker can write into the store: keep such data in another
   * format.
   *
   * <p>Encoding reads back what it wrote and throws if the value could not be read again. Classes
   * are looked for by the context class loader of the thread that calls this method, by the loaders
   * of the classes in {@code type}, and by this library's own. If the context class loader does not
   * see the very classes of {@code type}, their loaders come first.
   *
   * @param type the type of the values; decoding to an object of another type is an {@link
   *     java.io.IOException}
   * @param allow the classes that a stream may contain besides
   * @param maxBytes the most bytes of one serialized object
   * @param <V> the type of the values
   * @return the codec
   * @throws IllegalArgumentException if {@code allow} has something else than classes and packages,
   *     or {@code maxBytes} is not positive
   */
  public static <V> Codec<V> serialized(TypeRef<V> type, Collection<String> allow, int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes is at least 1, not " + maxBytes);
    }
    return new SerializedCodec<>(type, allow, maxBytes);
  }
}
