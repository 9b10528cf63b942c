package io.jstorage.json.internal;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.json.JsonCodec;
import io.jstorage.spi.CodecFactory;
import java.util.List;
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

  private static final List<String> JACKSON =
      List.of("tools.jackson.core.json.JsonFactory", "tools.jackson.databind.json.JsonMapper");

  /** For {@link java.util.ServiceLoader}. */
  public JsonCodecFactory() {}

  @Override
  public String name() {
    return "json";
  }

  @Override
  public Set<Option<?>> options() {
    requireJackson();
    return Set.of(Options.MAPPER);
  }

  @Override
  public <V> Codec<V> create(TypeRef<V> type, StorageOptions options) {
    requireJackson();
    try {
      return JsonCodec.of(type, options.find(Options.MAPPER).orElseGet(JsonCodec::mapper));
    } catch (IllegalStateException e) {
      throw new InvalidOptionException(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new InvalidOptionException(
          "the codec json cannot hold values of %s: %s".formatted(type, e.getMessage()), e);
    }
  }

  /**
   * Nothing else here can be said of a version, as without Jackson no other class of ours loads.
   */
  private static void requireJackson() {
    for (String className : JACKSON) {
      try {
        Class.forName(className, false, JsonCodecFactory.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new InvalidOptionException(
            "the codec json needs the library tools.jackson.core:jackson-databind: found is none,"
                + " needed is 3.0.2 or later",
            e);
      }
    }
  }
}
