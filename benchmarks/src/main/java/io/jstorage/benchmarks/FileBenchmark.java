package io.jstorage.benchmarks;

import io.jstorage.file.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  @Param("JSTORAGE")
  public DiskEngine engine;

  @Param("NONE")
  public Durability durability;

  @Param("1000")
  public int entries;

  @Param("100")
  public int bytes;

  /** From this on, files that are only read or overwritten are made once in a run of the plan. */
  private static final int MANY = 10_000;

  private Path directory;
  private boolean shared;
  private DiskMap map;
  private byte[] value;
  private final AtomicInteger fresh = new AtomicInteger();

  @Setup
  public void fill(BenchmarkParams benchmark) throws Exception {
    value = new byte[bytes];
    shared =
        Scratch.ofRun() != null
            && entries >= MANY
            && (engine == DiskEngine.JSTORAGE || engine == DiskEngine.RAW)
            && benchmark.getBenchmark().matches(".*\\.(get|overwrite|contains|size|keys).*");
    directory = shared ? sharedFiles() : Scratch.make();
    map = engine.opener.open(directory, shared ? durability : Durability.NONE, entries);
    for (int i = 0; !shared && i < entries; i++) {
      map.put().apply("key" + i, value);
    }
    if (!shared && durability != Durability.NONE) {
      map.close();
      map = engine.opener.open(directory, durability, entries);
    }
  }

  /** The same files for {@code FileStore} and the raw peer; whoever runs the plan deletes them. */
  private Path sharedFiles() throws IOException {
    Path files = Scratch.root().resolve("shared-%d-%d".formatted(entries, bytes));
    Path complete = files.resolveSibling(files.getFileName() + ".complete");
    if (!Files.exists(complete)) {
      Files.createDirectory(files);
      for (int i = 0; i < entries; i++) {
        Files.write(files.resolve("key" + i + RawFiles.SUFFIX), value);
      }
      Files.createFile(complete);
    }
    return files;
  }

  @TearDown
  public void delete() throws Exception {
    map.close();
    if (!shared) {
      Scratch.delete(directory);
    }
  }

  @Benchmark
  public void putNew() throws Exception {
    map.put().apply("new" + fresh.getAndIncrement(), value);
  }

  private String key(Walk walk) {
    return "key" + walk.next(entries);
  }

  @Benchmark
  public void overwrite(Walk walk) throws Exception {
    map.put().apply(key(walk), value);
  }

  @Benchmark
  public byte @Nullable [] get(Walk walk) throws Exception {
    return map.get().apply(key(walk));
  }

  @Benchmark
  public boolean containsHit(Walk walk) throws Exception {
    return map.contains().apply(key(walk));
  }

  @Benchmark
  public boolean containsMiss(Walk walk) throws Exception {
    return map.contains().apply("no" + key(walk));
  }

  @Benchmark
  public void putAndRemove() throws Exception {
    String key = "new" + fresh.getAndIncrement();
    map.put().apply(key, value);
    map.remove().apply(key);
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
        benchmark.map.putAll().apply(entries);
      }
    }
  }

  @Benchmark
  public void putAll(Batch batch) throws Exception {
    map.putAll().apply(batch.entries);
  }

  @Benchmark
  public void putLoop(Batch batch) throws Exception {
    for (String key : batch.keys) {
      map.put().apply(key, value);
    }
  }

  @Benchmark
  public Map<String, byte[]> getAll(Batch batch) throws Exception {
    return map.getAll().apply(batch.keys);
  }

  @Benchmark
  public long getLoop(Batch batch) throws Exception {
    Map<String, byte[]> values = new HashMap<>();
    for (String key : batch.keys) {
      values.put(key, Objects.requireNonNull(map.get().apply(key)));
    }
    return values.size();
  }

  @Benchmark
  public void removeAll(Batch batch) throws Exception {
    map.removeAll().apply(batch.keys);
  }

  @Benchmark
  public void removeLoop(Batch batch) throws Exception {
    for (String key : batch.keys) {
      map.remove().apply(key);
    }
  }

  /** Closes the store and opens it again. */
  @Benchmark
  public long reopen() throws Exception {
    map.close();
    map = engine.opener.open(directory, durability, entries);
    return map.size().apply();
  }

  @Benchmark
  public long size() throws Exception {
    return map.size().apply();
  }

  @Benchmark
  public long keys() throws Exception {
    return map.keys().apply();
  }
}
