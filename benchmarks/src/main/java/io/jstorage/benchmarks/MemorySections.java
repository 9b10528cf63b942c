package io.jstorage.benchmarks;

import io.jstorage.benchmarks.memory.BytesPerEntry;
import io.jstorage.benchmarks.memory.CacheBenchmark;
import io.jstorage.benchmarks.memory.Engine;
import io.jstorage.benchmarks.memory.LongestPut;
import io.jstorage.benchmarks.memory.StampBenchmark;
import io.jstorage.benchmarks.report.Chart;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Caches in memory beside those that people use. */
final class MemorySections {
  private static final List<Integer> THREADS = List.of(1, 2, 4);
  private static final List<Integer> ENTRIES = List.of(1_000, 10_000, 1_000_000);

  private static final List<Engine> CACHES =
      List.of(
          Engine.JSTORAGE,
          Engine.CONCURRENT_HASH_MAP,
          Engine.CAFFEINE,
          Engine.CACHE2K,
          Engine.GUAVA,
          Engine.LINKED_HASH_MAP);

  private static final List<Engine> CURVES =
      List.of(Engine.JSTORAGE, Engine.CONCURRENT_HASH_MAP, Engine.CAFFEINE, Engine.LINKED_HASH_MAP);

  private MemorySections() {}

  static Section memory() {
    Rows rows = new Rows();
    wanted(rows, "hit", 1, Map.of(Engine.CAFFEINE, 2.5, Engine.CONCURRENT_HASH_MAP, 0.7));
    wanted(rows, "hit", 2, Map.of(Engine.CAFFEINE, 1.0, Engine.LINKED_HASH_MAP, 1.3));
    wanted(rows, "hit", 4, Map.of(Engine.CAFFEINE, 0.7, Engine.LINKED_HASH_MAP, 1.3));
    for (int threads : THREADS) {
      wanted(rows, "putEvict", threads, Map.of(Engine.CAFFEINE, 2.0, Engine.LINKED_HASH_MAP, 0.5));
    }
    wanted(rows, "mixed", 1, Map.of(Engine.CAFFEINE, 2.0));
    wanted(rows, "mixed", 2, Map.of(Engine.CAFFEINE, 1.2));
    wanted(rows, "mixed", 4, Map.of());
    for (int threads : THREADS) {
      rows.alone(
          "one fetch-and-add" + on(threads),
          Operation.of(StampBenchmark.class, "next").on(threads),
          Bound.none(),
          Unit.NANOS);
    }
    longestPuts(rows);
    rows.probe(
        "LRU heap per entry, 10⁶ entries",
        BytesPerEntry.class,
        Engine.JSTORAGE.name(),
        80,
        Unit.BYTES);
    heap(rows, Engine.CAFFEINE, Engine.GUAVA, Engine.LINKED_HASH_MAP);
    return new Section(
        "Memory",
        rows.all(),
        List.of(
            byThreads("hit", "LRU hit"),
            byThreads("putEvict", "LRU put + evict"),
            byThreads("mixed", "LRU, nine reads to one write"),
            byEntries("hit", "LRU hit"),
            byEntries("putEvict", "LRU put + evict")));
  }

  /** A row for every cache; for some there is a limit, in times as fast. */
  private static void wanted(Rows rows, String method, int threads, Map<Engine, Double> atLeast) {
    String what =
        switch (method) {
          case "hit" -> "LRU hit";
          case "putEvict" -> "LRU put + evict";
          default -> "LRU mixed";
        };
    Rows.Row row = rows.put(what + on(threads), cache(method, Engine.JSTORAGE, threads));
    for (Engine peer : CACHES) {
      Double limit = atLeast.get(peer);
      if (peer != Engine.JSTORAGE) {
        row.beside(
            Curves.nameOf(peer),
            cache(method, peer, threads),
            limit == null ? Bound.none() : Bound.speed(limit));
      }
    }
  }

  private static String on(int threads) {
    return threads == 1 ? "" : ", %d threads".formatted(threads);
  }

  private static Operation cache(String method, Engine engine, int threads) {
    return Operation.of(CacheBenchmark.class, method)
        .with("engine", engine)
        .with("entries", 10_000)
        .on(threads);
  }

  private static void longestPuts(Rows rows) {
    rows.probe(
        "LRU longest put, mixed, 10⁵ entries", LongestPut.class, "mixed/100000", 1, Unit.MILLIS);
    rows.probe(
        "LRU longest put after a sweep, 10⁵ entries",
        LongestPut.class,
        "touched/100000",
        5,
        Unit.MILLIS);
    rows.probe(
        "LRU longest put after a sweep, 10⁶ entries",
        LongestPut.class,
        "touched/1000000",
        70,
        Unit.MILLIS);
  }

  private static void heap(Rows rows, Engine... peers) {
    Rows.Row row =
        rows.put(
                "Heap per entry, 10⁶ entries",
                new ProbeRun(BytesPerEntry.class, Engine.JSTORAGE.name()))
            .in(Unit.BYTES);
    for (Engine peer : peers) {
      row.beside(Curves.nameOf(peer), new ProbeRun(BytesPerEntry.class, peer.name()), Bound.none());
    }
  }

  private static Chart<Measurable> byThreads(String method, String title) {
    return Curves.draw(
        "memory-threads-" + method.toLowerCase(Locale.ROOT),
        title,
        Chart.Height.THROUGHPUT,
        "threads",
        CACHES,
        THREADS,
        (engine, threads) -> cache(method, engine, threads));
  }

  private static Chart<Measurable> byEntries(String method, String title) {
    return Curves.draw(
        "memory-entries-" + method.toLowerCase(Locale.ROOT),
        title,
        Chart.Height.LATENCY,
        "entries",
        CURVES,
        ENTRIES,
        (engine, entries) -> cache(method, engine, 1).with("entries", entries));
  }

  /** Through JCache: what the standard's part of a cache costs, beside others' parts. */
  static Section jcache() {
    Rows rows = new Rows();
    for (int threads : THREADS) {
      throughJCache(rows, "hit", "JCache get", threads);
      throughJCache(rows, "overwrite", "JCache put", threads);
      throughJCache(rows, "putEvict", "JCache put + evict", threads);
    }
    return new Section("JCache", rows.all(), List.of());
  }

  private static void throughJCache(Rows rows, String method, String what, int threads) {
    rows.put(what + on(threads), cache(method, Engine.JCACHE, threads))
        .beside(
            "caffeine's JCache",
            cache(method, Engine.CAFFEINE_JCACHE, threads),
            threads == 1 ? Bound.speed(1) : Bound.none())
        .beside("cache2k's JCache", cache(method, Engine.CACHE2K_JCACHE, threads), Bound.none())
        .beside("the LRU itself", cache(method, Engine.JSTORAGE, threads), Bound.none());
  }

  static Section expiry() {
    Rows rows = new Rows();
    rows.put("volatile over memory, hit", cache("hit", Engine.VOLATILE, 1))
        .beside(
            "caffeine expireAfterWrite", cache("hit", Engine.CAFFEINE_EXPIRING, 1), Bound.none());
    rows.put("volatile over memory, overwrite", cache("overwrite", Engine.VOLATILE, 1))
        .beside(
            "caffeine expireAfterWrite",
            cache("overwrite", Engine.CAFFEINE_EXPIRING, 1),
            Bound.none());
    return new Section("Expiry in memory", rows.all(), List.of());
  }
}
