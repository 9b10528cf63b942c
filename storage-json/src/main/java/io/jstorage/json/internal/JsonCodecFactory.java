package io.jstorage.json.internal;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.json.JsonCodec;
import io.jstorage.spi.CodecFactory;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Makes the codecs of the name {@code json}. */
public final class JsonCodecFactory implements CodecFactory {
  /** A holder, so that listing the codecs loads nothing of Jackson. */
  private static final class Options {
    static final Option<JsonMapper> MAPPER =
        Option.object("json.mapper", JsonMapper.class)
            .describedAs("The mapper that reads and writes the values, in place of our own.");
  }

  /** For {@link java.util.ServiceLoader}. */
  public JsonCodecFactory() {}

  @Override
  public String name() {
    return "json";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(Options.MAPPER);
  }

  @Override
  public <V> Codec<V> create(TypeRef<V> type, StorageOptions options) {
    JsonMapper mapper = options.find(Options.MAPPER).orElseGet(JsonCodec::mapper);
    try {
      return JsonCodec.of(type, mapper);
    } catch (IllegalArgumentException e) {
      throw new InvalidOptionException(
          "the codec json cannot hold values of %s: %s".formatted(type, e.getMessage()), e);
    }
  }
}
