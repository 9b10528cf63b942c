package io.jstorage.redis.internal;

import io.jstorage.Option;
import io.jstorage.StorageOptions;
import io.jstorage.redis.JedisVersion;
import io.jstorage.redis.RedisOptions;
import io.jstorage.redis.RedisStore;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.ByteStoreFactory;
import io.jstorage.spi.StorageUrl;
import java.util.Optional;
import java.util.Set;

/** The common part of the services; they differ in the codec. */
abstract class RedisFactory extends ByteStoreFactory {
  private final String name;
  private final String codec;

  RedisFactory(String name, String codec) {
    this.name = name;
    this.codec = codec;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> defaultCodec() {
    return Optional.of(codec);
  }

  @Override
  public Set<Option<?>> options() {
    JedisVersion.check();
    return RedisOptions.all();
  }

  /** As Redis' own URLs have it, an s behind the product stands for TLS. */
  @Override
  public Set<String> schemes() {
    String scheme = name.substring("storage.".length());
    return Set.of(scheme, scheme.replaceFirst("redis", "rediss"));
  }

  @Override
  public StorageOptions fromUrl(StorageUrl url) {
    return RedisUrls.toOptions(url);
  }

  @Override
  protected ByteStore open(StorageOptions options) {
    return RedisStore.open(options);
  }
}
