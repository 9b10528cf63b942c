package io.jstorage.benchmarks;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.redis.RedisStore;
import io.jstorage.redis.server.RedisCluster;
import io.jstorage.redis.server.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Operations on a Redis server of this machine, by the storage and by Jedis itself. */
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class RedisBenchmark extends Measured {
  private static final int POOL = 16;
  private static final int BATCH = 1000;
  private static final byte[] STRINGS = "string".getBytes(StandardCharsets.UTF_8);

  @Param("1000")
  public int entries;

  @Param("100")
  public int bytes;

  /** How many keys of others are in the database. */
  @Param("0")
  public int foreign;

  /** Whether the server is a Cluster of three nodes. */
  @Param("false")
  public boolean cluster;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private Storage<byte[]> storage;
  private RedisClient jedis;
  private byte[] value;
  private List<String> keys;
  private byte[][] names;
  private List<String> batch;
  private byte[][] batchNames;
  private final Map<String, byte[]> values = new HashMap<>();
  private Version version;

  @Setup
  public void fill() {
    if (cluster) {
      RedisCluster nodes = RedisCluster.start();
      opened.add(nodes);
      storage = RedisStore.inCluster(nodes.addresses()).storage(Codecs.bytes());
    } else {
      RedisServer server = RedisServer.start();
      opened.add(server);
      addKeys(server, "foreign:", foreign);
      storage =
          RedisStore.at(server.host(), server.port())
              .namespace("benchmark")
              .pool(POOL)
              .storage(Codecs.bytes());
      ConnectionPoolConfig pool = new ConnectionPoolConfig();
      pool.setMaxTotal(POOL);
      pool.setMaxIdle(POOL);
      jedis =
          RedisClient.builder().hostAndPort(server.host(), server.port()).poolConfig(pool).build();
      opened.add(0, jedis);
    }
    opened.add(0, storage);
    value = new byte[bytes];
    keys = IntStream.range(0, entries).mapToObj(i -> "key" + i).toList();
    names = namesOf(keys);
    batch = keys.subList(0, Math.min(BATCH, entries));
    batchNames = namesOf(batch);
    keys.forEach(key -> values.put(key, value));
    storage.putAll(values);
    version = storage.entry(keys.get(0)).flatMap(Entry::version).orElseThrow();
  }

  /** Adds keys of which a server makes the names itself, in parts that do not take it long. */
  public static void addKeys(RedisServer server, String prefix, int count) {
    String script =
        "for i = ARGV[1], math.min(ARGV[1] + 99999, ARGV[2]) do"
            + " redis.call('SET', ARGV[3] .. i, '1') end";
    for (int first = 1; first <= count; first += 100_000) {
      server.call("EVAL", script, "0", Integer.toString(first), Integer.toString(count), prefix);
    }
  }

  private static byte[][] namesOf(List<String> keys) {
    return keys.stream()
        .map(key -> ("benchmark:" + key).getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  @TearDown
  public void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @Benchmark
  public Optional<byte[]> get(Walk walk) {
    return storage.get(keys.get(walk.next(entries)));
  }

  @Benchmark
  public byte @Nullable [] getRaw(Walk walk) {
    return jedis.get(names[walk.next(entries)]);
  }

  @Benchmark
  public void put(Walk walk) {
    storage.put(keys.get(walk.next(entries)), value);
  }

  @Benchmark
  public String putRaw(Walk walk) {
    return jedis.set(names[walk.next(entries)], value);
  }

  /** All values are the same, and so are their versions. */
  @Benchmark
  public void compareAndSet(Walk walk) {
    if (!storage.replace(keys.get(walk.next(entries)), version, value)) {
      throw new IllegalStateException("the version of these bytes is another one");
    }
  }

  @Benchmark
  public Optional<Entry<byte[]>> entry(Walk walk) {
    return storage.entry(keys.get(walk.next(entries)));
  }

  @Benchmark
  public int getAll() {
    return storage.getAll(batch).size();
  }

  @Benchmark
  public List<byte[]> getAllRaw() {
    return jedis.mget(batchNames);
  }

  @Benchmark
  public int getOneByOne() {
    int found = 0;
    for (String key : batch) {
      found += storage.get(key).isPresent() ? 1 : 0;
    }
    return found;
  }

  @Benchmark
  public long size() {
    return storage.size();
  }

  @Benchmark
  public long keys() {
    try (Stream<String> listed = storage.keys()) {
      return listed.count();
    }
  }

  /** Puts the entries that are going to be removed. */
  @State(Scope.Thread)
  public static class Filled {
    @Setup(Level.Invocation)
    public void fill(RedisBenchmark benchmark) {
      benchmark.storage.putAll(benchmark.values);
    }
  }

  @Benchmark
  public void clear(Filled filled) {
    storage.clear();
  }

  @Benchmark
  public long sizeRaw() {
    ScanParams page = new ScanParams().count(BATCH).match("benchmark:*");
    String cursor = ScanParams.SCAN_POINTER_START;
    long count = 0;
    do {
      ScanResult<byte[]> found = jedis.scan(cursor.getBytes(StandardCharsets.UTF_8), page, STRINGS);
      count += found.getResult().size();
      cursor = found.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return count;
  }
}
