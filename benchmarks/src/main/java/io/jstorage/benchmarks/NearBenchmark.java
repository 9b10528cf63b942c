package io.jstorage.benchmarks;

import io.jstorage.redis.server.RedisServer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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
    Cache<String> first = reader.open(server, limit);
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
  public static class Walk {
    private Cache<String> client;
    private int[] zipf;
    private int next;

    @Setup
    public void open(NearBenchmark benchmark, BenchmarkParams params, Blackhole hole) {
      client = benchmark.reader.open(benchmark.server, benchmark.limit);
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
  public @Nullable Object get(Walk walk) {
    walk.next += 7919;
    return walk.client.get(keys[Math.floorMod(walk.next, entries)]);
  }

  /** Keys by Zipf's law. */
  @Benchmark
  public @Nullable Object mixed(Walk walk) {
    int step = walk.next++;
    String key = keys[walk.zipf[step & 0xfffff]];
    if (step % writes == 0) {
      walk.client.put(key, key);
      return null;
    }
    return walk.client.get(key);
  }
}
