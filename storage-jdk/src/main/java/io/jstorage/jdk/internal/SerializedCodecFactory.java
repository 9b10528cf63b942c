package io.jstorage.jdk.internal;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.jdk.SerializedCodec;
import io.jstorage.spi.CodecFactory;
import java.util.List;
import java.util.Set;

/**
 * The codec {@code serialized}. Its options are made when they are asked for, as every provider
 * loads it.
 */
public final class SerializedCodecFactory implements CodecFactory {
  /** For the service loader. */
  public SerializedCodecFactory() {}

  @Override
  public String name() {
    return "serialized";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(allow(), limit());
  }

  @Override
  public <V> Codec<V> create(TypeRef<V> type, StorageOptions options) {
    List<String> allow = options.get(allow());
    int limit = options.get(limit());
    try {
      return SerializedCodec.of(type, allow, limit);
    } catch (IllegalArgumentException e) {
      throw new InvalidOptionException("option '%s': %s".formatted(allow(), e.getMessage()), e);
    }
  }

  private static Option<List<String>> allow() {
    return Option.texts("serialized.allow")
        .describedAs(
            "Classes that may be read besides the requested type and the JDK's values: com.acme.Invoice, com.acme.*, com.acme.**.")
        .withDefault(List.of());
  }

  private static Option<Integer> limit() {
    return Option.integer("serialized.limit")
        .describedAs("The most bytes of one serialized object.")
        .where(limit -> limit > 0, "at least 1")
        .withDefault(SerializedCodec.DEFAULT_LIMIT);
  }
}
