package io.jstorage.provider;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.spi.CodecFactory;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A codec for text that ends it with a mark of the user's choice. */
final class ShoutCodec implements CodecFactory {
  static final Option<String> MARK = Option.text("shout.mark").withDefault("!");

  @Override
  public String name() {
    return "shout";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(MARK);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <V> Codec<V> create(TypeRef<V> type, StorageOptions options) {
    if (!type.rawType().isAssignableFrom(String.class)) {
      throw new InvalidOptionException("the codec shout holds text, not " + type);
    }
    String mark = options.get(MARK);
    return (Codec<V>)
        Codec.<String>of(
            value -> (value + mark).getBytes(StandardCharsets.UTF_8),
            bytes -> {
              String text = new String(bytes, StandardCharsets.UTF_8);
              return text.substring(0, text.length() - mark.length());
            });
  }
}
