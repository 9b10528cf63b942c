package io.jstorage.benchmarks;

import io.jstorage.benchmarks.codec.CodecBenchmark;
import io.jstorage.benchmarks.glue.Allocation;
import io.jstorage.benchmarks.glue.ColdStart;
import io.jstorage.benchmarks.glue.GlueBenchmark;
import java.util.List;
import java.util.Locale;

/** Codecs and transforms beside the raw libraries; what the layers above a store cost. */
final class CodecSections {
  private CodecSections() {}

  static Section codecs() {
    Rows rows = new Rows();
    for (String codec : List.of("json", "serialized", "gzip")) {
      for (String way : List.of("Write", "Read")) {
        boolean gzipRead = (codec + way).equals("gzipRead");
        Rows.Row row =
            rows.put(codec + " " + way.toLowerCase(Locale.ROOT), codec(codec + way))
                .beside(
                    gzipRead ? "GZIPInputStream" : "raw library",
                    codec(codec + way + "Raw"),
                    gzipRead ? Bound.speed(1.5) : Bound.time(1.1));
        if (codec.equals("json")) {
          row.beside("raw library, same rules", codec(codec + way + "Strict"), Bound.none());
        } else if ((codec + way).equals("serializedWrite")) {
          row.beside("raw library, read back", codec("serializedWriteAndReadRaw"), Bound.none());
        }
      }
    }
    return new Section("Codecs", rows.all(), List.of());
  }

  private static Operation codec(String method) {
    return Operation.of(CodecBenchmark.class, method).warm(5);
  }

  static Section layers() {
    Rows rows = new Rows();
    rows.put("Storages.of, get", Operation.of(GlueBenchmark.class, "storage"))
        .beside(
            "store and codec alone",
            Operation.of(GlueBenchmark.class, "storeAndCodec"),
            Bound.extra(30));
    rows.put("Storages.of, get, allocated", new ProbeRun(Allocation.class, "storage"))
        .in(Unit.BYTES)
        .beside(
            "store and codec alone",
            new ProbeRun(Allocation.class, "storeAndCodec"),
            Bound.extra(Allocation.OPTIONAL_BYTES));
    rows.alone(
        "provider, load and create storage.lru, cold",
        new ProbeRun(ColdStart.class, "storage.lru", "storage-api|storage-memory|benchmarks"),
        Bound.cost(50),
        Unit.MILLIS);
    rows.alone(
        "the same with all backends there",
        new ProbeRun(ColdStart.class, "storage.lru"),
        Bound.none(),
        Unit.MILLIS);
    return new Section("Layers", rows.all(), List.of());
  }
}
