package io.jstorage.benchmarks;

import io.jstorage.benchmarks.codec.CodecBenchmark;
import io.jstorage.benchmarks.file.DiskEngine;
import io.jstorage.benchmarks.file.FileBenchmark;
import io.jstorage.benchmarks.file.Reopening;
import io.jstorage.benchmarks.glue.Allocation;
import io.jstorage.benchmarks.glue.ColdStart;
import io.jstorage.benchmarks.glue.GlueBenchmark;
import io.jstorage.benchmarks.memory.BytesPerEntry;
import io.jstorage.benchmarks.memory.CacheBenchmark;
import io.jstorage.benchmarks.memory.Engine;
import io.jstorage.benchmarks.memory.LongestPut;
import io.jstorage.benchmarks.redis.ClusterBenchmark;
import io.jstorage.benchmarks.redis.RedisBenchmark;
import io.jstorage.benchmarks.report.Chart;
import io.jstorage.benchmarks.s3.S3Benchmark;
import io.jstorage.file.Durability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What is measured beside what, and what is wanted of it. */
final class Plan {
  private static final List<Integer> THREADS = List.of(1, 2, 4);

  private static final List<Engine> CACHES =
      List.of(
          Engine.JSTORAGE,
          Engine.CONCURRENT_HASH_MAP,
          Engine.CAFFEINE,
          Engine.CACHE2K,
          Engine.GUAVA,
          Engine.LINKED_HASH_MAP);

  private Plan() {}

  static List<Section> sections() {
    return List.of(
        memory(), expiry(), files(), fileStores(), diskLru(), codecs(), layers(), redis(), s3());
  }

  private static Section memory() {
    Rows rows = new Rows();
    rows.put("LRU hit", cache("hit", Engine.JSTORAGE, 1))
        .beside("Caffeine", cache("hit", Engine.CAFFEINE, 1), Bound.speed(2.5))
        .beside("ConcurrentHashMap", cache("hit", Engine.CONCURRENT_HASH_MAP, 1), Bound.speed(0.7));
    rows.put("LRU hit, 2 threads", cache("hit", Engine.JSTORAGE, 2))
        .beside("Caffeine", cache("hit", Engine.CAFFEINE, 2), Bound.speed(1))
        .beside(
            "synchronized LinkedHashMap",
            cache("hit", Engine.LINKED_HASH_MAP, 2),
            Bound.speed(1.3));
    rows.put("LRU hit, 4 threads", cache("hit", Engine.JSTORAGE, 4))
        .beside("Caffeine", cache("hit", Engine.CAFFEINE, 4), Bound.speed(0.7))
        .beside(
            "synchronized LinkedHashMap",
            cache("hit", Engine.LINKED_HASH_MAP, 4),
            Bound.speed(1.3));
    for (int threads : THREADS) {
      rows.put("LRU put + evict" + on(threads), cache("putEvict", Engine.JSTORAGE, threads))
          .beside("Caffeine", cache("putEvict", Engine.CAFFEINE, threads), Bound.speed(2))
          .beside(
              "synchronized LinkedHashMap",
              cache("putEvict", Engine.LINKED_HASH_MAP, threads),
              Bound.speed(0.5));
    }
    rows.put("LRU mixed", cache("mixed", Engine.JSTORAGE, 1))
        .beside("Caffeine", cache("mixed", Engine.CAFFEINE, 1), Bound.speed(2));
    rows.put("LRU mixed, 2 threads", cache("mixed", Engine.JSTORAGE, 2))
        .beside("Caffeine", cache("mixed", Engine.CAFFEINE, 2), Bound.speed(1.2));
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
    rows.probe(
        "LRU heap per entry, 10⁶ entries",
        BytesPerEntry.class,
        Engine.JSTORAGE.name(),
        80,
        Unit.BYTES);
    rows.put(
            "Heap per entry, 10⁶ entries",
            new ProbeRun(BytesPerEntry.class, Engine.JSTORAGE.name()))
        .in(Unit.BYTES)
        .beside("Caffeine", new ProbeRun(BytesPerEntry.class, Engine.CAFFEINE.name()), Bound.none())
        .beside("Guava", new ProbeRun(BytesPerEntry.class, Engine.GUAVA.name()), Bound.none())
        .beside(
            "synchronized LinkedHashMap",
            new ProbeRun(BytesPerEntry.class, Engine.LINKED_HASH_MAP.name()),
            Bound.none());
    return new Section(
        "Memory",
        rows.rows,
        List.of(
            threadsChart("hit", "LRU hit"),
            threadsChart("putEvict", "LRU put + evict"),
            threadsChart("mixed", "LRU, nine reads to one write")));
  }

  private static String on(int threads) {
    return threads == 1 ? "" : ", %d threads".formatted(threads);
  }

  private static Operation cache(String method, Engine engine, int threads) {
    return Operation.of(CacheBenchmark.class, method).with("engine", engine).on(threads);
  }

  private static Chart<Measurable> threadsChart(String method, String title) {
    return chart(
        "memory-" + method.toLowerCase(Locale.ROOT),
        title,
        "threads",
        CACHES,
        Plan::nameOf,
        THREADS,
        (engine, threads) -> cache(method, engine, threads));
  }

  private static Section expiry() {
    Rows rows = new Rows();
    rows.put("volatile over memory, hit", cache("hit", Engine.VOLATILE, 1))
        .beside(
            "Caffeine expireAfterWrite", cache("hit", Engine.CAFFEINE_EXPIRING, 1), Bound.none());
    rows.put("files that expire, put, none", file("overwrite", DiskEngine.JSTORAGE_EXPIRING))
        .beside("raw with a time set", file("overwrite", DiskEngine.RAW_EXPIRING), Bound.time(1.15))
        .beside("files that do not", file("overwrite", DiskEngine.JSTORAGE), Bound.none());
    rows.put("files that expire, get", file("get", DiskEngine.JSTORAGE_EXPIRING))
        .beside("raw read", file("get", DiskEngine.RAW), Bound.time(1.8))
        .beside("files that do not", file("get", DiskEngine.JSTORAGE), Bound.none());
    return new Section("Expiry", rows.rows, List.of());
  }

  private static Operation file(String method, DiskEngine engine) {
    return Operation.of(FileBenchmark.class, method)
        .with("engine", engine)
        .with("durability", Durability.NONE);
  }

  private static Section files() {
    Rows rows = new Rows();
    for (Durability durability : List.of(Durability.NONE, Durability.FULL)) {
      String synced = durability == Durability.FULL ? ", durable" : "";
      for (String method : List.of("putNew", "overwrite")) {
        String what =
            "file " + (method.equals("putNew") ? "put of a new key" : "overwrite") + synced;
        rows.put(what, file(method, DiskEngine.JSTORAGE).with("durability", durability))
            .beside(
                "raw temp + rename",
                file(method, DiskEngine.RAW).with("durability", durability),
                Bound.time(1.15));
      }
    }
    for (int bytes : List.of(4096, 1 << 20)) {
      for (String method : List.of("overwrite", "get")) {
        rows.put(
                "file %s of %d KiB".formatted(method, bytes >> 10),
                file(method, DiskEngine.JSTORAGE).with("bytes", bytes).with("entries", 100))
            .beside(
                "raw",
                file(method, DiskEngine.RAW).with("bytes", bytes).with("entries", 100),
                method.equals("get") ? Bound.time(1.4) : Bound.time(1.15));
      }
    }
    rows.put("file get", file("get", DiskEngine.JSTORAGE))
        .beside("raw read", file("get", DiskEngine.RAW), Bound.time(1.4));
    rows.put("file contains, hit", file("containsHit", DiskEngine.JSTORAGE))
        .beside("Files.exists", file("containsHit", DiskEngine.RAW), Bound.time(3));
    rows.put("file contains, miss", file("containsMiss", DiskEngine.JSTORAGE))
        .beside("Files.exists", file("containsMiss", DiskEngine.RAW), Bound.time(1.3));
    rows.put("file put + remove", file("putAndRemove", DiskEngine.JSTORAGE))
        .beside("raw", file("putAndRemove", DiskEngine.RAW), Bound.none());
    rows.put("file size() of 100 000", many("size", DiskEngine.JSTORAGE))
        .beside("raw DirectoryStream", many("size", DiskEngine.RAW), Bound.time(1.1));
    rows.put("file keys() of 100 000", many("keys", DiskEngine.JSTORAGE))
        .beside("raw DirectoryStream", many("keys", DiskEngine.RAW), Bound.none());
    rows.put("file get among 100 000", many("get", DiskEngine.JSTORAGE))
        .beside("among 1 000", file("get", DiskEngine.JSTORAGE), Bound.time(1.3));
    rows.put("file overwrite among 100 000", many("overwrite", DiskEngine.JSTORAGE))
        .beside("among 1 000", file("overwrite", DiskEngine.JSTORAGE), Bound.time(1.3));
    Operation durableNew = file("putNew", DiskEngine.JSTORAGE).with("durability", Durability.FULL);
    rows.put("durable puts of new keys, 8 threads", durableNew.on(8))
        .beside("1 thread", durableNew, Bound.speed(1.8));
    Operation durable = file("overwrite", DiskEngine.JSTORAGE).with("durability", Durability.FULL);
    rows.put("durable overwrites, 8 threads", durable.on(8))
        .beside("1 thread", durable, Bound.none());
    return new Section("Files", rows.rows, List.of());
  }

  private static Operation many(String method, DiskEngine engine) {
    return file(method, engine).with("entries", 100_000);
  }

  private static Section fileStores() {
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
      put.beside(nameOf(peer), file("overwrite", peer), Bound.none());
      get.beside(nameOf(peer), file("get", peer), Bound.none());
    }
    Rows.Row durable =
        rows.put(
            "durable overwrite",
            file("overwrite", DiskEngine.JSTORAGE).with("durability", Durability.FULL));
    for (DiskEngine peer : List.of(DiskEngine.MAPDB, DiskEngine.H2_MVSTORE, DiskEngine.ROCKSDB)) {
      durable.beside(
          nameOf(peer), file("overwrite", peer).with("durability", Durability.FULL), Bound.none());
    }
    return new Section("Embedded stores", rows.rows, List.of());
  }

  private static Section diskLru() {
    Rows rows = new Rows();
    List<Integer> limits = List.of(100, 10_000, 100_000);
    for (int limit : limits) {
      String what = "disk LRU put + evict at %,d".formatted(limit);
      Rows.Row row = rows.put(what, lru("putNew", DiskEngine.JSTORAGE_LRU, limit));
      row.beside(
          "raw write + rename + unlink",
          lru("putNew", DiskEngine.RAW_LRU, limit),
          limit == 100 ? Bound.none() : Bound.speed(0.65));
      if (limit <= 10_000) {
        row.beside(
            "DiskLruCache",
            lru("putNew", DiskEngine.DISK_LRU_CACHE, limit),
            limit == 100 ? Bound.none() : Bound.speed(1));
      }
    }
    rows.put("disk LRU put + evict at 100,000", lru("putNew", DiskEngine.JSTORAGE_LRU, 100_000))
        .beside("at 10,000", lru("putNew", DiskEngine.JSTORAGE_LRU, 10_000), Bound.time(1.3));
    rows.put("disk LRU get at 10,000", lru("get", DiskEngine.JSTORAGE_LRU, 10_000))
        .beside("DiskLruCache", lru("get", DiskEngine.DISK_LRU_CACHE, 10_000), Bound.none())
        .beside("raw read", lru("get", DiskEngine.RAW_LRU, 10_000), Bound.none());
    rows.probe("disk LRU reopening of 100,000", Reopening.class, "100000", 1000, Unit.MILLIS);
    return new Section(
        "Disk LRU",
        rows.rows,
        List.of(
            chart(
                "disklru",
                "Disk LRU, put + evict",
                "limit",
                List.of(DiskEngine.JSTORAGE_LRU, DiskEngine.RAW_LRU),
                Plan::nameOf,
                limits,
                (engine, limit) -> lru("putNew", engine, limit))));
  }

  private static Operation lru(String method, DiskEngine engine, int limit) {
    return file(method, engine).with("limit", limit).with("entries", limit);
  }

  private static Section codecs() {
    Rows rows = new Rows();
    for (String codec : List.of("json", "serialized", "gzip")) {
      for (String way : List.of("Write", "Read")) {
        boolean gzipRead = (codec + way).equals("gzipRead");
        rows.put(
                codec + " " + way.toLowerCase(Locale.ROOT),
                Operation.of(CodecBenchmark.class, codec + way).warm(3))
            .beside(
                gzipRead ? "GZIPInputStream" : "raw library",
                Operation.of(CodecBenchmark.class, codec + way + "Raw").warm(3),
                gzipRead ? Bound.speed(1.5) : Bound.time(1.1));
      }
    }
    return new Section("Codecs", rows.rows, List.of());
  }

  private static Section layers() {
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
    rows.add(
        new Comparison(
            "provider, load and create storage.lru, cold",
            new ProbeRun(ColdStart.class, "storage.lru", "storage-api|storage-memory|benchmarks"),
            "",
            null,
            Bound.cost(50),
            Unit.MILLIS));
    rows.add(
        new Comparison(
            "the same with all backends there",
            new ProbeRun(ColdStart.class, "storage.lru"),
            "",
            null,
            Bound.none(),
            Unit.MILLIS));
    return new Section("Layers", rows.rows, List.of());
  }

  private static Section redis() {
    Rows rows = new Rows();
    rows.put("Redis get", redis("get")).beside("Jedis", redis("getRaw"), Bound.time(1.1));
    rows.put("Redis put", redis("put")).beside("Jedis", redis("putRaw"), Bound.time(1.1));
    rows.put("Redis compare-and-set", redis("compareAndSet"))
        .beside("Jedis set", redis("putRaw"), Bound.time(1.7));
    rows.put("Redis entry()", redis("entry")).beside("Jedis get", redis("getRaw"), Bound.time(1.3));
    rows.put("Redis getAll of 1 000", redis("getAll"))
        .beside("one by one", redis("getOneByOne"), Bound.speed(25))
        .beside("Jedis mget", redis("getAllRaw"), Bound.time(1.3));
    rows.put("Redis size() of 100 000", redis("size").with("entries", 100_000))
        .beside("Jedis scan", redis("sizeRaw").with("entries", 100_000), Bound.time(1.3));
    rows.put("Redis get, 8 threads", redis("get").on(8))
        .beside("Jedis", redis("getRaw").on(8), Bound.speed(0.9));
    rows.put("Redis Cluster getAll of 1 000", Operation.of(ClusterBenchmark.class, "getAll"))
        .beside("one by one", Operation.of(ClusterBenchmark.class, "getOneByOne"), Bound.speed(6));
    return new Section("Redis", rows.rows, List.of());
  }

  private static Operation redis(String method) {
    return Operation.of(RedisBenchmark.class, method).warm(4);
  }

  private static Section s3() {
    Rows rows = new Rows();
    for (int bytes : List.of(100, 1 << 20)) {
      String of = bytes == 100 ? "100 B" : "1 MiB";
      for (String method : List.of("get", "put")) {
        rows.put("S3 %s of %s".formatted(method, of), s3(method).with("bytes", bytes))
            .beside("S3Client", s3(method + "Raw").with("bytes", bytes), Bound.time(1.1));
      }
    }
    rows.put("S3 getAll of 100 at 20 ms", s3("getAll").with("delay", 20))
        .beside("one by one", s3("getOneByOne").with("delay", 20), Bound.speed(10));
    return new Section("S3", rows.rows, List.of());
  }

  private static Operation s3(String method) {
    return Operation.of(S3Benchmark.class, method).warm(10);
  }

  private static String nameOf(Enum<?> engine) {
    return engine.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static <E> Chart<Measurable> chart(
      String file,
      String title,
      String across,
      List<E> engines,
      Function<E, String> names,
      List<Integer> sizes,
      BiFunction<E, Integer, Operation> operation) {
    Map<String, List<Chart.Point<Measurable>>> series = new LinkedHashMap<>();
    for (E engine : engines) {
      List<Chart.Point<Measurable>> points = new ArrayList<>();
      for (int size : sizes) {
        points.add(new Chart.Point<>(size, operation.apply(engine, size)));
      }
      series.put(names.apply(engine), points);
    }
    return new Chart<>(file, title, across, series);
  }

  /** Collects the rows of a section. */
  private static final class Rows {
    private final List<Comparison> rows = new ArrayList<>();

    Row put(String workload, Measurable ours) {
      return new Row(workload, ours);
    }

    void probe(
        String workload, Class<? extends Probe> type, String argument, double atMost, Unit unit) {
      add(
          new Comparison(
              workload, new ProbeRun(type, argument), "", null, Bound.cost(atMost), unit));
    }

    private void add(Comparison row) {
      rows.add(row);
    }

    private final class Row {
      private final String workload;
      private final Measurable ours;
      private Unit unit = Unit.NANOS;

      private Row(String workload, Measurable ours) {
        this.workload = workload;
        this.ours = ours;
      }

      Row in(Unit other) {
        unit = other;
        return this;
      }

      Row beside(String peerName, Measurable peer, Bound bound) {
        add(new Comparison(workload, ours, peerName, peer, bound, unit));
        return this;
      }
    }
  }
}
