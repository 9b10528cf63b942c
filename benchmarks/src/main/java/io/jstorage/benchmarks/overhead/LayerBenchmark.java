package io.jstorage.benchmarks.overhead;

import io.jstorage.Storage;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Calls of a storage with a layer, on keys that are all there. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the fields.
public class LayerBenchmark {
  @Param public Layer layer;

  private final Entries entries = new Entries();
  private Storage<String> storage;

  @Setup
  public void fill() {
    storage = layer.over(Entries.NUMBER);
    if (layer != Layer.READ_ONLY) {
      Entries.fill(storage);
    }
  }

  @Benchmark
  public Optional<String> hit() {
    return storage.get(entries.key());
  }

  @Benchmark
  public String hitOfLoader() {
    return storage.get(entries.key(), missing -> missing);
  }

  @Benchmark
  public void overwrite() {
    String key = entries.key();
    storage.put(key, key);
  }
}
