package io.jstorage.benchmarks;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.near.NearStorage;
import io.jstorage.redis.RedisStore;
import io.jstorage.redis.server.RedisServer;
import java.util.function.BiFunction;
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.csc.CacheConfig;

/** The clients that are compared; all but two of them have memory in front of Redis. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
public enum Reader {
  NEAR(
      (server, limit) -> {
        Storage<String> far = far(server);
        Storage<String> near = NearStorage.builder(far).limit(limit).owned().build();
        return new Cache<>(near::get, near::put, near::close);
      }),
  /** {@code storage.redis} alone. */
  FAR(
      (server, limit) -> {
        Storage<String> far = far(server);
        return new Cache<>(far::get, far::put, far::close);
      }),
  /** {@code storage.redis} alone, asked for entries as a near storage asks it. */
  ENTRY(
      (server, limit) -> {
        Storage<String> far = far(server);
        return new Cache<>(far::entry, far::put, far::close);
      }),
  /** Redisson's local cached map. */
  REDISSON(
      (server, limit) -> {
        Config config = new Config();
        config.useSingleServer().setAddress("redis://" + server.host() + ":" + server.port());
        RedissonClient redisson = Redisson.create(config);
        RLocalCachedMap<String, String> map =
            redisson.getLocalCachedMap(
                LocalCachedMapOptions.<String, String>name("map")
                    .codec(StringCodec.INSTANCE)
                    .cacheSize(limit)
                    .evictionPolicy(LocalCachedMapOptions.EvictionPolicy.LRU));
        return new Cache<>(map::get, map::fastPut, redisson::shutdown);
      }),
  /** Jedis' client-side cache, which needs a server of version 7.4 at least. */
  JEDIS(
      (server, limit) -> {
        RedisClient jedis =
            RedisClient.builder()
                .hostAndPort(new HostAndPort(server.host(), server.port()))
                .clientConfig(
                    DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).build())
                .cacheConfig(CacheConfig.builder().maxSize(limit).build())
                .build();
        return new Cache<>(jedis::get, jedis::set, jedis::close);
      });

  private final BiFunction<RedisServer, Integer, Cache<String>> opener;

  Reader(BiFunction<RedisServer, Integer, Cache<String>> opener) {
    this.opener = opener;
  }

  /** Opens a client that keeps so many entries in memory. */
  Cache<String> open(RedisServer server, int limit) {
    return opener.apply(server, limit);
  }

  static Storage<String> far(RedisServer server) {
    return RedisStore.at(server.host(), server.port()).storage(Codecs.text());
  }
}
