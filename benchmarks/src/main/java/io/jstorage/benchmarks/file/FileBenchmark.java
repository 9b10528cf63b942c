package io.jstorage.benchmarks.file;

import io.jstorage.benchmarks.Measured;
import io.jstorage.benchmarks.Scratch;
import io.jstorage.file.Durability;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Operations on a store on a disk that has entries already. */
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class FileBenchmark extends Measured {
  @Param public DiskEngine engine;

  @Param({"NONE", "FILE", "FULL"})
  public Durability durability;

  @Param("1000")
  public int entries;

  @Param("100")
  public int bytes;

  /** How many entries a cache keeps; 0 for no limit. */
  @Param("0")
  public int limit;

  /** From this on a directory is not filled anew for each measurement. */
  private static final int MANY = 10_000;

  /** The benchmarks that must not run in a directory that others measure too. */
  private static final Set<String> ADDING =
      Set.of("putNew", "putAndRemove", "putAll", "putLoop", "removeAll", "removeLoop");

  private Path directory;
  private boolean shared;
  private DiskMap map;
  private byte[] value;
  private final AtomicInteger fresh = new AtomicInteger();

  @Setup
  public void fill(BenchmarkParams benchmark) throws Exception {
    value = new byte[bytes];
    String method = benchmark.getBenchmark().replaceFirst(".*\\.", "");
    shared = entries >= MANY && engine.hasPlainFiles() && !ADDING.contains(method);
    if (shared) {
      directory = SharedFiles.of(entries, value);
      map = engine.open(directory, durability, limit);
      return;
    }
    directory = Scratch.make();
    if (durability == Durability.NONE) {
      map = engine.open(directory, durability, limit);
      fill(map);
      return;
    }
    try (DiskMap unsynced = engine.open(directory, Durability.NONE, limit)) {
      fill(unsynced);
    }
    map = engine.open(directory, durability, limit);
  }

  private void fill(DiskMap empty) throws Exception {
    for (int i = 0; i < entries; i++) {
      empty.put("key" + i, value);
    }
  }

  @TearDown
  public void delete() throws Exception {
    map.close();
    if (!shared) {
      Scratch.delete(directory);
    }
  }

  /** A thread's way through the keys that are there, in no order. */
  @State(Scope.Thread)
  public static class Walk {
    private int next;

    String key(int entries) {
      next += 7919;
      return "key" + Math.floorMod(next, entries);
    }
  }

  @Benchmark
  public void putNew() throws Exception {
    map.put("new" + fresh.getAndIncrement(), value);
  }

  @Benchmark
  public void overwrite(Walk walk) throws Exception {
    map.put(walk.key(entries), value);
  }

  @Benchmark
  public byte @Nullable [] get(Walk walk) throws Exception {
    return map.get(walk.key(entries));
  }

  @Benchmark
  public boolean containsHit(Walk walk) throws Exception {
    return map.contains(walk.key(entries));
  }

  @Benchmark
  public boolean containsMiss(Walk walk) throws Exception {
    return map.contains("no" + walk.key(entries));
  }

  @Benchmark
  public void putAndRemove() throws Exception {
    String key = "new" + fresh.getAndIncrement();
    map.put(key, value);
    map.remove(key);
  }

  /** Keys that are not there, or are there already, in their thousands. */
  @State(Scope.Thread)
  public static class Batch {
    private static final int SIZE = 1_000;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private List<String> keys;

    @Setup(Level.Invocation)
    public void choose(FileBenchmark benchmark, BenchmarkParams params) throws Exception {
      boolean reads = params.getBenchmark().contains(".get");
      entries.clear();
      for (int i = 0; i < SIZE; i++) {
        String key = reads ? "key" + i : "new" + benchmark.fresh.getAndIncrement();
        entries.put(key, benchmark.value);
      }
      keys = List.copyOf(entries.keySet());
      if (params.getBenchmark().contains(".remove")) {
        benchmark.map.putAll(entries);
      }
    }
  }

  @Benchmark
  public void putAll(Batch batch) throws Exception {
    map.putAll(batch.entries);
  }

  @Benchmark
  public void putLoop(Batch batch) throws Exception {
    for (String key : batch.keys) {
      map.put(key, value);
    }
  }

  @Benchmark
  public Map<String, byte[]> getAll(Batch batch) throws Exception {
    return map.getAll(batch.keys);
  }

  @Benchmark
  public long getLoop(Batch batch) throws Exception {
    Map<String, byte[]> values = new HashMap<>();
    for (String key : batch.keys) {
      values.put(key, Objects.requireNonNull(map.get(key)));
    }
    return values.size();
  }

  @Benchmark
  public void removeAll(Batch batch) throws Exception {
    map.removeAll(batch.keys);
  }

  @Benchmark
  public void removeLoop(Batch batch) throws Exception {
    for (String key : batch.keys) {
      map.remove(key);
    }
  }

  /** Closes the store and opens it again. */
  @Benchmark
  public long reopen() throws Exception {
    map.close();
    map = engine.open(directory, durability, limit);
    return map.size();
  }

  @Benchmark
  public long size() throws Exception {
    return map.size();
  }

  @Benchmark
  public long keys() throws Exception {
    return map.keys();
  }
}
