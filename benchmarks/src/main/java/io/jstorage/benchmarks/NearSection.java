package io.jstorage.benchmarks;

import io.jstorage.benchmarks.memory.BytesPerEntry;
import io.jstorage.benchmarks.memory.CacheBenchmark;
import io.jstorage.benchmarks.memory.Engine;
import io.jstorage.benchmarks.near.JedisCacheBenchmark;
import io.jstorage.benchmarks.near.NearBenchmark;
import io.jstorage.benchmarks.near.NearPeersBenchmark;
import io.jstorage.benchmarks.near.SharedBenchmark;
import io.jstorage.benchmarks.near.Visibility;
import java.util.List;

/** Memory in front of another storage. */
final class NearSection {
  private NearSection() {}

  static Section near() {
    Rows rows = new Rows();
    for (int threads : List.of(1, 2, 4)) {
      String on = threads == 1 ? "" : ", %d threads".formatted(threads);
      rows.put("near hit" + on, cache(Engine.NEAR).on(threads))
          .beside("LRU hit", cache(Engine.JSTORAGE).on(threads), Bound.time(1.5));
    }
    Rows.Row hit =
        rows.put("near hit, of Redis", redis("near"))
            .beside("Redis get", redis("far"), Bound.speed(300))
            .beside("Redisson's local cached map", redisson(), Bound.speed(3));
    if (!Forks.redisServer().isEmpty()) {
      hit.beside("Jedis' client-side cache", jedis(), Bound.speed(20));
    }
    rows.put("near miss and fill, of Redis", misses("near"))
        .beside("Redis get", misses("far"), Bound.none())
        .beside("Redis entry()", misses("entry"), Bound.time(1.1));
    rows.put("nine reads to one write, two clients, 10⁵ keys by Zipf", shared(true, 10))
        .beside("Redis alone", shared(false, 10), Bound.speed(8));
    rows.put("99 reads to one write, two clients, 10⁵ keys by Zipf", shared(true, 100))
        .beside("Redis alone", shared(false, 100), Bound.none());
    for (String part : List.of("0.5", "0.99")) {
      rows.alone(
          "another client's write is seen, %s of all".formatted(part),
          new ProbeRun(Visibility.class, part),
          Bound.none(),
          Unit.NANOS);
    }
    // 24 bytes more than an entry of the LRU, beside that of the LRU which is far.
    rows.put("near in front of an LRU, heap per entry, 10⁶ entries", heap(Engine.NEAR))
        .in(Unit.BYTES)
        .beside("the LRU alone", heap(Engine.JSTORAGE), Bound.extra(90));
    return new Section("Memory in front", rows.all(), List.of());
  }

  private static Operation cache(Engine engine) {
    return Operation.of(CacheBenchmark.class, "hit").with("engine", engine).with("entries", 10_000);
  }

  private static Operation redis(String method) {
    return Operation.of(NearBenchmark.class, method).warm(4);
  }

  private static Operation redisson() {
    return Operation.of(NearPeersBenchmark.class, "redisson").warm(4);
  }

  private static Operation jedis() {
    return Operation.of(JedisCacheBenchmark.class, "jedis").warm(4);
  }

  private static Operation misses(String method) {
    return redis(method).with("limit", 100);
  }

  private static Operation shared(boolean nearby, int writes) {
    return Operation.of(SharedBenchmark.class, "mixed")
        .with("nearby", nearby)
        .with("writes", writes)
        .on(2)
        .warm(8);
  }

  private static Measurable heap(Engine engine) {
    return new ProbeRun(BytesPerEntry.class, engine.name());
  }
}
