package io.jstorage.benchmarks;

import io.jstorage.benchmarks.redis.ClusterBenchmark;
import io.jstorage.benchmarks.redis.RedisBenchmark;
import io.jstorage.benchmarks.s3.S3Benchmark;
import io.jstorage.benchmarks.s3.Sender;
import io.jstorage.benchmarks.s3.Transfers;
import java.util.List;

/** Redis and S3 beside their clients. */
final class ServerSections {
  private ServerSections() {}

  static Section redis() {
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
    return new Section("Redis", rows.all(), List.of());
  }

  private static Operation redis(String method) {
    return Operation.of(RedisBenchmark.class, method).warm(4);
  }

  static Section s3() {
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
    for (String method : List.of("get", "put")) {
      rows.put("S3 %sAll of 1 000 at 20 ms, 16 at a time".formatted(method), many(method + "All"))
          .beside("63 one after the other", many(method + "Share"), Bound.speed(0.9));
    }
    for (String source : List.of("file", "stream")) {
      rows.put("S3, a %s of 256 MiB".formatted(source), transfer(Sender.STORAGE, source))
          .beside("one part at a time", transfer(Sender.ONE_PART_AT_A_TIME, source), Bound.speed(4))
          .beside("S3TransferManager", transfer(Sender.TRANSFER_MANAGER, source), Bound.speed(1));
    }
    return new Section("S3", rows.all(), List.of());
  }

  private static Operation many(String method) {
    return s3(method).with("delay", 20).with("entries", 1_000);
  }

  private static Measurable transfer(Sender sender, String source) {
    return new ProbeRun(Transfers.class, sender + "/" + source);
  }

  private static Operation s3(String method) {
    return Operation.of(S3Benchmark.class, method).warm(6);
  }
}
