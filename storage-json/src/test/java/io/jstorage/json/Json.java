package io.jstorage.json;

import io.jstorage.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON as text, for tests. */
final class Json {
  static final Codec<Object> UNTYPED = JsonCodec.untyped();

  private Json() {}

  static <V> String write(Codec<V> codec, V value) throws IOException {
    return new String(codec.encode(value), StandardCharsets.UTF_8);
  }

  static String write(Object value) throws IOException {
    return write(UNTYPED, value);
  }

  static <V> V read(Codec<V> codec, String json) throws IOException {
    return codec.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  static Object read(String json) throws IOException {
    return read(UNTYPED, json);
  }
}
