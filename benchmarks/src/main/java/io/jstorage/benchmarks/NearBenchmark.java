package io.jstorage.benchmarks;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.near.NearStorage;
import io.jstorage.redis.RedisStore;
import io.jstorage.redis.server.RedisServer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;
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

/** A Redis of this machine with memory in front and without; each thread is a client. */
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class NearBenchmark extends Measured {
  @Param("NEAR")
  public Reader reader;

  @Param("10000")
  public int entries;

  /** How many fit into memory: with fewer than there are, each read in their order is a miss. */
  @Param("10000")
  public int limit;

  /** One operation in so many is a write, where there are writes. */
  @Param("10")
  public int writes;

  private RedisServer server;
  private final List<Cache<String>> clients = new CopyOnWriteArrayList<>();
  private String[] keys;

  @Setup
  public void fill() {
    server = RedisServer.start();
    keys = IntStream.range(0, entries).mapToObj(i -> "key" + i).toArray(String[]::new);
    Cache<String> first = reader.opener.apply(server, limit);
    for (String key : keys) {
      first.put(key, "v".repeat(100));
    }
    first.closing().run();
  }

  @TearDown
  public void close() throws Exception {
    clients.forEach(client -> client.closing().run());
    server.close();
  }

  /** A client, near which the keys are if it has memory enough, and its way through them. */
  @State(Scope.Thread)
  public static class Client {
    private Cache<String> client;
    private int[] zipf;
    private int next;

    @Setup
    public void open(NearBenchmark benchmark, BenchmarkParams params, Blackhole hole) {
      client = benchmark.reader.opener.apply(benchmark.server, benchmark.limit);
      benchmark.clients.add(client);
      if (params.getBenchmark().endsWith(".get")) {
        for (String key : benchmark.keys) {
          hole.consume(client.get(key));
        }
      }
      SplittableRandom random = new SplittableRandom(benchmark.clients.size());
      zipf = Zipf.draw(random, benchmark.entries, 1 << 20);
    }
  }

  /** Keys one after the other, in an order that defeats prefetching. */
  @Benchmark
  public @Nullable Object get(Client client) {
    client.next += 7919;
    return client.client.get(keys[Math.floorMod(client.next, entries)]);
  }

  /** Keys by Zipf's law. */
  @Benchmark
  public @Nullable Object mixed(Client client) {
    int step = client.next++;
    String key = keys[client.zipf[step & 0xfffff]];
    if (step % writes == 0) {
      client.client.put(key, key);
      return null;
    }
    return client.client.get(key);
  }

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

    /** Opens a client that keeps so many entries in memory. */
    final BiFunction<RedisServer, Integer, Cache<String>> opener;

    Reader(BiFunction<RedisServer, Integer, Cache<String>> opener) {
      this.opener = opener;
    }

    static Storage<String> far(RedisServer server) {
      return RedisStore.at(server.host(), server.port()).storage(Codecs.text());
    }
  }
}
