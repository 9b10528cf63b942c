package io.jstorage.internal;

import io.jstorage.Codec;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.TypeRef;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.CodecFactory;
import java.util.Set;

/** The codec {@code bytes}. */
public final class BytesCodecFactory implements CodecFactory {
  /** For the service loader. */
  public BytesCodecFactory() {}

  @Override
  public String name() {
    return "bytes";
  }

  @Override
  public Set<Option<?>> options() {
    return Set.of();
  }

  @Override
  public <V> Codec<V> create(TypeRef<V> type, StorageOptions options) {
    return SingleTypeCodec.of(type, name(), byte[].class, Codecs.bytes());
  }
}
