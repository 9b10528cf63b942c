package io.jstorage.benchmarks.near;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.near.NearStorage;
import io.jstorage.redis.RedisStore;
import io.jstorage.redis.server.RedisServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.csc.CacheConfig;

/** Reads of a Redis of this machine, with memory in front and without. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class NearBenchmark {
  @Param("10000")
  public int entries;

  /** How many fit into memory: with fewer than there are, in this order, each read is a miss. */
  @Param("10000")
  public int limit;

  private RedisServer server;
  private Storage<String> far;
  private Storage<String> near;
  private RedisClient jedis;
  private List<String> keys;
  private List<String> names;

  @Setup
  public void fill() {
    server = RedisServer.start();
    far = RedisStore.at(server.host(), server.port()).storage(Codecs.text());
    near = NearStorage.builder(far).limit(limit).build();
    jedis =
        RedisClient.builder()
            .hostAndPort(server.host(), server.port())
            .clientConfig(
                DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).build())
            .cacheConfig(CacheConfig.builder().maxSize(limit).build())
            .build();
    keys = IntStream.range(0, entries).mapToObj(i -> "key" + i).toList();
    names = keys.stream().map(key -> "jstorage:" + key).toList();
    Map<String, String> values = new HashMap<>();
    keys.forEach(key -> values.put(key, "v".repeat(100)));
    far.putAll(values);
  }

  @TearDown
  public void close() throws Exception {
    near.close();
    far.close();
    jedis.close();
    server.close();
  }

  /** A thread's way through the keys. */
  @State(Scope.Thread)
  public static class Walk {
    private int next;

    int next(int entries) {
      next += 7919;
      return Math.floorMod(next, entries);
    }
  }

  @Benchmark
  public Optional<String> near(Walk walk) {
    return near.get(keys.get(walk.next(entries)));
  }

  @Benchmark
  public Optional<String> far(Walk walk) {
    return far.get(keys.get(walk.next(entries)));
  }

  @Benchmark
  public @Nullable String jedis(Walk walk) {
    return jedis.get(names.get(walk.next(entries)));
  }
}
