package io.jstorage.benchmarks;

import io.jstorage.benchmarks.file.DiskEngine;
import io.jstorage.benchmarks.file.FileBenchmark;
import io.jstorage.benchmarks.file.Reopening;
import io.jstorage.benchmarks.report.Chart;
import io.jstorage.file.Durability;
import java.util.List;

/** The disk LRU beside the system calls that it needs, and beside DiskLruCache. */
final class DiskLruSection {
  private static final List<Integer> LIMITS = List.of(100, 10_000, 100_000);

  private DiskLruSection() {}

  static Section diskLru() {
    Rows rows = new Rows();
    for (int limit : LIMITS) {
      boolean reportedOnly = limit == 100;
      Rows.Row row =
          rows.put(
              "disk LRU put + evict at %,d".formatted(limit),
              lru("putNew", DiskEngine.JSTORAGE_LRU, limit));
      row.beside(
          "raw write + rename + unlink",
          lru("putNew", DiskEngine.RAW_LRU, limit),
          reportedOnly ? Bound.none() : Bound.speed(0.65));
      if (limit <= 10_000) {
        row.beside(
            "DiskLruCache",
            lru("putNew", DiskEngine.DISK_LRU_CACHE, limit),
            reportedOnly ? Bound.none() : Bound.speed(1));
      }
    }
    rows.put("disk LRU put + evict over raw, at 100,000", overRaw(100_000))
        .in(Unit.TIMES)
        .beside("at 10,000", overRaw(10_000), Bound.time(1.3));
    rows.put("disk LRU get at 10,000", lru("get", DiskEngine.JSTORAGE_LRU, 10_000))
        .beside("DiskLruCache", lru("get", DiskEngine.DISK_LRU_CACHE, 10_000), Bound.none())
        .beside("raw read", lru("get", DiskEngine.RAW_LRU, 10_000), Bound.none());
    rows.probe("disk LRU reopening of 100,000", Reopening.class, "100000", 1000, Unit.MILLIS);
    return new Section("Disk LRU", rows.all(), List.of(byLimit()));
  }

  private static Measurable overRaw(int limit) {
    return new Quotient(
        lru("putNew", DiskEngine.JSTORAGE_LRU, limit), lru("putNew", DiskEngine.RAW_LRU, limit));
  }

  private static Chart<Measurable> byLimit() {
    return Curves.draw(
        "disklru-limit",
        "Disk LRU, put + evict",
        Chart.Height.LATENCY,
        "limit",
        List.of(DiskEngine.JSTORAGE_LRU, DiskEngine.RAW_LRU),
        LIMITS,
        (engine, limit) -> lru("putNew", engine, limit));
  }

  private static Operation lru(String method, DiskEngine engine, int limit) {
    return Operation.of(FileBenchmark.class, method)
        .with("engine", engine)
        .with("durability", Durability.NONE)
        .with("limit", limit)
        .with("entries", limit);
  }
}
