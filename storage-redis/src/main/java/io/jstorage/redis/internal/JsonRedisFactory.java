package io.jstorage.redis.internal;

/** The service {@code storage.redis.json}. */
public final class JsonRedisFactory extends RedisFactory {
  /** For {@link java.util.ServiceLoader}. */
  public JsonRedisFactory() {
    super("storage.redis.json", "json");
  }
}
