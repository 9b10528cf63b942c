package io.jstorage.benchmarks.near;

import io.jstorage.Storage;
import io.jstorage.benchmarks.memory.Zipf;
import io.jstorage.codec.Codecs;
import io.jstorage.near.NearStorage;
import io.jstorage.redis.RedisStore;
import io.jstorage.redis.server.RedisServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Several clients, each thread one, of keys by Zipf's law, with memory in front or without. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class SharedBenchmark {
  @Param("true")
  public boolean nearby;

  /** One operation in so many is a write. */
  @Param("10")
  public int writes;

  @Param("100000")
  public int entries;

  private RedisServer server;
  private final List<AutoCloseable> clients = new ArrayList<>();
  private final AtomicInteger threads = new AtomicInteger();
  private String[] keys;

  @Setup
  public void fill() {
    server = RedisServer.start();
    keys = new String[entries];
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < entries; i++) {
      keys[i] = "key" + i;
      values.put(keys[i], "v".repeat(100));
    }
    open().putAll(values);
  }

  private synchronized Storage<String> open() {
    Storage<String> far = RedisStore.at(server.host(), server.port()).storage(Codecs.text());
    clients.add(0, far);
    if (!nearby) {
      return far;
    }
    Storage<String> near = NearStorage.over(far, entries);
    clients.add(0, near);
    return near;
  }

  @TearDown
  public void close() throws Exception {
    for (AutoCloseable client : clients) {
      client.close();
    }
    server.close();
  }

  /** One client. */
  @State(Scope.Thread)
  public static class Client {
    private Storage<String> storage;
    private int[] zipf;
    private int next;

    @Setup
    public void open(SharedBenchmark benchmark) {
      storage = benchmark.open();
      SplittableRandom random = new SplittableRandom(benchmark.threads.getAndIncrement());
      zipf = Zipf.draw(random, benchmark.entries, 1 << 20);
    }
  }

  @Benchmark
  public @Nullable Object mixed(Client client) {
    int step = client.next++;
    String key = keys[client.zipf[step & 0xfffff]];
    if (step % writes == 0) {
      client.storage.put(key, key);
      return null;
    }
    return client.storage.get(key);
  }
}
