package io.jstorage.benchmarks;

import io.jstorage.benchmarks.overhead.Layer;
import io.jstorage.benchmarks.overhead.LayerBenchmark;
import io.jstorage.benchmarks.overhead.SpringBenchmark;
import java.util.List;
import java.util.Map;

/** A storage that is counted, observed or has another in front, beside that storage alone. */
final class OverheadSection {
  private static final Map<Layer, String> BOTH =
      Map.of(
          Layer.LISTENER, "LRU with a listener",
          Layer.WEIGHER, "LRU with a weigher",
          Layer.OBSERVED, "ObservedStorage",
          Layer.MICROMETER, "ObservedStorage with a Micrometer timer",
          Layer.FALLBACK, "storage.fallback, which remembers values",
          Layer.PREFIX, "storage.prefix",
          Layer.RESILIENT, "storage.resilient");

  private OverheadSection() {}

  static Section overhead() {
    Rows rows = new Rows();
    rows.put("LRU with statistics, hit", layer("hit", Layer.STATISTICS))
        .beside("without", layer("hit", Layer.NONE), Bound.time(1.15));
    rows.put("LRU with statistics, overwrite", layer("overwrite", Layer.STATISTICS))
        .beside("without", layer("overwrite", Layer.NONE), Bound.none());
    for (Layer layer : List.of(Layer.values())) {
      String name = BOTH.get(layer);
      if (name != null) {
        besideLru(rows, name, "hit", layer);
        besideLru(rows, name, "overwrite", layer);
      }
    }
    besideLru(rows, "storage.readonly", "hit", Layer.READ_ONLY);
    besideLru(rows, "storage.near", "hit", Layer.NEAR);
    rows.put("storage.refresh, hit of a loader", layer("hitOfLoader", Layer.REFRESH))
        .beside(
            "LRU with an expiration alone", layer("hitOfLoader", Layer.EXPIRATION), Bound.none());
    for (String method : List.of("hit", "overwrite")) {
      rows.put("Spring's cache, " + method, Operation.of(SpringBenchmark.class, method))
          .beside("LRU alone", layer(method, Layer.NONE), Bound.none());
    }
    return new Section("Overhead", rows.all(), List.of());
  }

  private static void besideLru(Rows rows, String name, String method, Layer layer) {
    rows.put(name + ", " + method, layer(method, layer))
        .beside("LRU alone", layer(method, Layer.NONE), Bound.none());
  }

  private static Operation layer(String method, Layer layer) {
    return Operation.of(LayerBenchmark.class, method).with("layer", layer).warm(2);
  }
}
