package io.jstorage.internal;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.TypeRef;
import java.io.IOException;

/** A codec of one type in a storage of objects, which takes objects of that type only. */
final class SingleTypeCodec<T> implements Codec<Object> {
  private final String name;
  private final Class<T> only;
  private final Codec<T> codec;

  private SingleTypeCodec(String name, Class<T> only, Codec<T> codec) {
    this.name = name;
    this.only = only;
    this.codec = codec;
  }

  @SuppressWarnings("unchecked") // V is T, or Object
  static <V, T> Codec<V> of(TypeRef<V> type, String name, Class<T> only, Codec<T> codec) {
    if (type.type() == only) {
      return (Codec<V>) codec;
    }
    if (type.type() == Object.class) {
      return (Codec<V>) new SingleTypeCodec<>(name, only, codec);
    }
    throw new InvalidOptionException(
        "the codec '%s' keeps values of type %s, not %s: use the codec 'json' or 'serialized', or ask for a storage of %s"
            .formatted(name, only.getSimpleName(), type, only.getSimpleName()));
  }

  @Override
  public byte[] encode(Object value) throws IOException {
    if (!only.isInstance(value)) {
      throw new IOException(
          "the codec '%s' keeps values of type %s only: use the codec 'json' or 'serialized'"
              .formatted(name, only.getSimpleName()));
    }
    return codec.encode(only.cast(value));
  }

  @Override
  public Object decode(byte[] bytes) throws IOException {
    return codec.decode(bytes);
  }

  @Override
  public String contentType() {
    return codec.contentType();
  }
}
