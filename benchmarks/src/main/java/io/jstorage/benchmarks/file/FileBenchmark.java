package io.jstorage.benchmarks.file;

import io.jstorage.benchmarks.Scratch;
import io.jstorage.file.Durability;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Operations on a store on a disk that has entries already. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class FileBenchmark {
  @Param public DiskEngine engine;

  @Param({"NONE", "FULL"})
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
  private static final Set<String> ADDING = Set.of("putNew", "putAndRemove");

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

  @Benchmark
  public long size() throws Exception {
    return map.size();
  }

  @Benchmark
  public long keys() throws Exception {
    return map.keys();
  }
}
