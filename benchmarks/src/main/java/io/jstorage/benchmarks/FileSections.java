package io.jstorage.benchmarks;

import io.jstorage.benchmarks.file.DiskEngine;
import io.jstorage.benchmarks.file.FileBenchmark;
import io.jstorage.benchmarks.file.Processes;
import io.jstorage.benchmarks.report.Chart;
import io.jstorage.file.Durability;
import java.util.List;
import java.util.Locale;

/** Files beside the system calls that they need, and beside embedded stores. */
final class FileSections {
  private static final List<Integer> ENTRIES = List.of(100, 1_000, 10_000, 100_000);

  private FileSections() {}

  static Section files() {
    Rows rows = new Rows();
    for (Durability durability : Durability.values()) {
      for (String method : List.of("putNew", "overwrite")) {
        rows.put(
                "file %s, %s".formatted(what(method), durability.name().toLowerCase(Locale.ROOT)),
                file(method, DiskEngine.JSTORAGE).with("durability", durability))
            .beside(
                "raw temp + rename",
                file(method, DiskEngine.RAW).with("durability", durability),
                Bound.time(1.15));
      }
    }
    for (int bytes : List.of(4096, 1 << 20)) {
      for (String method : List.of("putNew", "overwrite", "get")) {
        rows.put(
                "file %s of %d KiB".formatted(what(method), bytes >> 10),
                file(method, DiskEngine.JSTORAGE).with("bytes", bytes).with("entries", 100))
            .beside(
                "raw",
                file(method, DiskEngine.RAW).with("bytes", bytes).with("entries", 100),
                method.equals("get") ? Bound.time(1.4) : Bound.time(1.15));
      }
    }
    besideRaw(rows, "get", "raw read", Bound.time(1.4));
    besideRaw(rows, "containsHit", "Files.exists", Bound.time(3));
    besideRaw(rows, "containsMiss", "Files.exists", Bound.time(1.3));
    besideRaw(rows, "putAndRemove", "raw", Bound.none());
    for (String method : List.of("size", "keys")) {
      rows.put("file %s() of 100 000".formatted(method), many(method, DiskEngine.JSTORAGE))
          .beside(
              "raw DirectoryStream",
              many(method, DiskEngine.RAW),
              method.equals("size") ? Bound.time(1.1) : Bound.none());
    }
    for (String method : List.of("get", "overwrite")) {
      rows.put("file %s among 100 000".formatted(method), many(method, DiskEngine.JSTORAGE))
          .beside("among 1 000", file(method, DiskEngine.JSTORAGE), Bound.time(1.3))
          .beside("raw among 100 000", many(method, DiskEngine.RAW), Bound.none());
    }
    return new Section("Files", rows.all(), List.of(byEntries("get"), byEntries("overwrite")));
  }

  private static String what(String method) {
    return switch (method) {
      case "putNew" -> "put of a new key";
      case "containsHit" -> "contains, hit";
      case "containsMiss" -> "contains, miss";
      case "putAndRemove" -> "put + remove";
      default -> method;
    };
  }

  private static void besideRaw(Rows rows, String method, String peer, Bound bound) {
    rows.put("file " + what(method), file(method, DiskEngine.JSTORAGE))
        .beside(peer, file(method, DiskEngine.RAW), bound);
  }

  private static Operation file(String method, DiskEngine engine) {
    return Operation.of(FileBenchmark.class, method)
        .with("engine", engine)
        .with("entries", 1_000)
        .with("durability", Durability.NONE);
  }

  private static Operation many(String method, DiskEngine engine) {
    return file(method, engine).with("entries", 100_000);
  }

  private static Chart<Measurable> byEntries(String method) {
    return Curves.draw(
        "files-entries-" + method,
        "Files, %s of 100 bytes".formatted(method),
        Chart.Height.LATENCY,
        "entries",
        List.of(DiskEngine.JSTORAGE, DiskEngine.RAW),
        ENTRIES,
        (engine, entries) -> file(method, engine).with("entries", entries));
  }

  static Section expiry() {
    Rows rows = new Rows();
    rows.put("files that expire, overwrite", file("overwrite", DiskEngine.JSTORAGE_EXPIRING))
        .beside("raw with a time set", file("overwrite", DiskEngine.RAW_EXPIRING), Bound.time(1.15))
        .beside("files that do not", file("overwrite", DiskEngine.JSTORAGE), Bound.none());
    rows.put("files that expire, get", file("get", DiskEngine.JSTORAGE_EXPIRING))
        .beside("raw read", file("get", DiskEngine.RAW), Bound.time(1.8))
        .beside("files that do not", file("get", DiskEngine.JSTORAGE), Bound.none());
    for (String method : List.of("overwrite", "get")) {
      rows.put("volatile over files, " + method, file(method, DiskEngine.JSTORAGE_VOLATILE))
          .beside("plain files", file(method, DiskEngine.JSTORAGE), Bound.none());
    }
    return new Section("Expiry on files", rows.all(), List.of());
  }

  static Section concurrent() {
    Rows rows = new Rows();
    for (String method : List.of("putNew", "overwrite")) {
      Operation durable = file(method, DiskEngine.JSTORAGE).with("durability", Durability.FULL);
      rows.put("durable %s, 8 threads".formatted(what(method)), durable.on(8))
          .beside("1 thread", durable, method.equals("putNew") ? Bound.speed(1.8) : Bound.none())
          .beside(
              "raw, 8 threads",
              file(method, DiskEngine.RAW).with("durability", Durability.FULL).on(8),
              Bound.none());
    }
    rows.put("durable put of a new key, 4 processes", processes(DiskEngine.JSTORAGE, 4))
        .beside("1 process", processes(DiskEngine.JSTORAGE, 1), Bound.none())
        .beside("raw, 4 processes", processes(DiskEngine.RAW, 4), Bound.none());
    return new Section("Files, several writers", rows.all(), List.of());
  }

  private static ProbeRun processes(DiskEngine engine, int count) {
    return new ProbeRun(Processes.class, engine.name() + "/" + count);
  }

  static Section embedded() {
    Rows rows = new Rows();
    Rows.Row put = rows.put("file overwrite", file("overwrite", DiskEngine.JSTORAGE));
    Rows.Row get = rows.put("file get", file("get", DiskEngine.JSTORAGE));
    for (DiskEngine peer :
        List.of(
            DiskEngine.DISK_LRU_CACHE,
            DiskEngine.MAPDB,
            DiskEngine.H2_MVSTORE,
            DiskEngine.ROCKSDB,
            DiskEngine.EHCACHE)) {
      put.beside(Curves.nameOf(peer), file("overwrite", peer), Bound.none());
      get.beside(Curves.nameOf(peer), file("get", peer), Bound.none());
    }
    Rows.Row durable =
        rows.put(
            "durable overwrite",
            file("overwrite", DiskEngine.JSTORAGE).with("durability", Durability.FULL));
    for (DiskEngine peer : List.of(DiskEngine.MAPDB, DiskEngine.H2_MVSTORE, DiskEngine.ROCKSDB)) {
      durable.beside(
          Curves.nameOf(peer),
          file("overwrite", peer).with("durability", Durability.FULL),
          Bound.none());
    }
    return new Section("Embedded stores", rows.all(), List.of());
  }
}
