package io.jstorage.benchmarks.near;

import io.jstorage.redis.server.RedisServer;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.csc.CacheConfig;

/**
 * Reads of a Redis of this machine by Jedis with its client-side cache, which needs a server of
 * version 7.4 at least.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class JedisCacheBenchmark {
  @Param("10000")
  public int entries;

  private RedisServer server;
  private RedisClient jedis;
  private List<String> keys;

  @Setup
  public void fill() {
    server = RedisServer.start();
    jedis =
        RedisClient.builder()
            .hostAndPort(new HostAndPort(server.host(), server.port()))
            .clientConfig(DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).build())
            .cacheConfig(CacheConfig.builder().maxSize(entries).build())
            .build();
    keys = IntStream.range(0, entries).mapToObj(i -> "key" + i).toList();
    keys.forEach(key -> jedis.set(key, "v".repeat(100)));
  }

  @TearDown
  public void close() throws Exception {
    jedis.close();
    server.close();
  }

  @Benchmark
  public String jedis(NearBenchmark.Walk walk) {
    return jedis.get(keys.get(walk.next(entries)));
  }
}
