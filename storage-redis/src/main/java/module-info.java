import io.jstorage.redis.internal.JsonRedisFactory;
import io.jstorage.redis.internal.TextRedisFactory;
import io.jstorage.spi.StorageFactory;

/**
 * Storages in Redis, on one server, behind Sentinel or in a Cluster: the services {@code
 * storage.redis} and {@code storage.redis.json} and the builder {@code RedisStore}.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Jedis has no other.
module io.jstorage.redis {
  requires transitive io.jstorage;
  requires transitive redis.clients.jedis;
  requires org.apache.commons.pool2;
  requires static org.jspecify;

  exports io.jstorage.redis;

  provides StorageFactory with
      TextRedisFactory,
      JsonRedisFactory;
}
