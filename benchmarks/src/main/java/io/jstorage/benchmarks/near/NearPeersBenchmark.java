package io.jstorage.benchmarks.near;

import io.jstorage.redis.server.RedisServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Reads of a Redis of this machine by Redisson, which keeps values in memory itself. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class NearPeersBenchmark {
  @Param("10000")
  public int entries;

  private RedisServer server;
  private RedissonClient redisson;
  private RLocalCachedMap<String, String> map;
  private List<String> keys;

  @Setup
  public void fill() {
    server = RedisServer.start();
    Config config = new Config();
    config.useSingleServer().setAddress("redis://%s:%d".formatted(server.host(), server.port()));
    redisson = Redisson.create(config);
    map =
        redisson.getLocalCachedMap(
            LocalCachedMapOptions.<String, String>name("map")
                .codec(StringCodec.INSTANCE)
                .cacheSize(entries)
                .evictionPolicy(LocalCachedMapOptions.EvictionPolicy.LRU));
    keys = IntStream.range(0, entries).mapToObj(i -> "key" + i).toList();
    Map<String, String> values = new HashMap<>();
    keys.forEach(key -> values.put(key, "v".repeat(100)));
    map.putAll(values);
  }

  @TearDown
  public void close() throws Exception {
    redisson.shutdown();
    server.close();
  }

  @Benchmark
  public String redisson(NearBenchmark.Walk walk) {
    return map.get(keys.get(walk.next(entries)));
  }
}
