package io.jstorage.redis.internal;

/** The service {@code storage.redis}. */
public final class TextRedisFactory extends RedisFactory {
  /** For {@link java.util.ServiceLoader}. */
  public TextRedisFactory() {
    super("storage.redis", "text");
  }
}
