package com.example.cbor;

import io.jstorage.Codec;
import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.spi.CodecFactory;
import java.util.Set;

/** Makes {@link CborCodec}s under the name {@code example.cbor}. */
public final class CborFactory implements CodecFactory {
  /** {@code example.cbor.limit}: the most bytes of an encoded value; 16 MiB by default. */
  public static final Option<Integer> LIMIT =
      Option.integer("example.cbor.limit")
          .describedAs("The most bytes of one value in CBOR.")
          .where(limit -> limit > 0, "at least 1")
          .withDefault(CborCodec.DEFAULT_LIMIT);

  /** For {@link java.util.ServiceLoader}. */
  public CborFactory() {}

  @Override
  public String name() {
    return "example.cbor";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of(LIMIT);
  }

  @Override
  public <V> Codec<V> create(TypeRef<V> type, StorageOptions options) {
    int limit = options.get(LIMIT);
    try {
      return CborCodec.of(type, limit);
    } catch (IllegalArgumentException e) {
      throw new InvalidOptionException(
          "the codec example.cbor cannot hold values of %s: %s".formatted(type, e.getMessage()), e);
    }
  }
}
