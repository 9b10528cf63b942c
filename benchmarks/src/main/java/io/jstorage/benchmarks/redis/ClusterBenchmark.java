package io.jstorage.benchmarks.redis;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.redis.RedisStore;
import io.jstorage.redis.server.RedisCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Many values from a Cluster of three nodes of this machine. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class ClusterBenchmark {
  private static final int ENTRIES = 1000;

  private RedisCluster cluster;
  private Storage<byte[]> storage;
  private final List<String> keys = IntStream.range(0, ENTRIES).mapToObj(i -> "key" + i).toList();

  @Setup
  public void fill() {
    cluster = RedisCluster.start();
    storage = RedisStore.inCluster(cluster.addresses()).storage(Codecs.bytes());
    Map<String, byte[]> values = new HashMap<>();
    keys.forEach(key -> values.put(key, new byte[100]));
    storage.putAll(values);
  }

  @TearDown
  public void close() {
    storage.close();
    cluster.close();
  }

  @Benchmark
  public int getAll() {
    return storage.getAll(keys).size();
  }

  @Benchmark
  public int getOneByOne() {
    int found = 0;
    for (String key : keys) {
      found += storage.get(key).isPresent() ? 1 : 0;
    }
    return found;
  }
}
