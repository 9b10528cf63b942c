package io.jstorage.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jstorage.Storage;
import io.jstorage.memory.LruStorage;
import io.jstorage.provider.StorageProvider;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private double counter(String name, String... tags) {
    return registry.get(name).tags(tags).functionCounter().count();
  }

  @Test
  void filesHaveWhatAnybodyCanCount(@TempDir Path directory) {
    try (Storage<String> storage =
        StorageMetrics.monitor(
            registry,
            StorageProvider.load().open("json:" + directory + "?codec=text", String.class),
            "books",
            "team",
            "a")) {
      storage.put("a", "1");
      storage.get("a");
      storage.get("b", key -> "1");
      storage.remove("a");
      assertThat(counter("cache.gets", "cache", "books", "result", "hit")).isEqualTo(1);
      assertThat(counter("cache.gets", "team", "a", "result", "miss")).isEqualTo(1);
      assertThat(counter("cache.puts")).isEqualTo(2);
      assertThat(counter("cache.removals")).isEqualTo(1);
      assertThat(counter("cache.load", "result", "success")).isEqualTo(1);
      assertThat(counter("cache.load", "result", "failure")).isZero();
      assertThat(registry.get("cache.load.duration").timeGauge().value(TimeUnit.NANOSECONDS))
          .isPositive();
      assertThat(registry.find("cache.size").meter()).isNull();
      assertThat(registry.find("cache.evictions").meter()).isNull();
      assertThat(registry.find("cache.expirations").meter()).isNull();
    }
    assertThat(counter("cache.puts")).isEqualTo(2);
  }

  @Test
  void memoryKnowsMore() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    LruStorage<String> storage =
        LruStorage.builder(1).clock(() -> Objects.requireNonNull(now.get())).statistics().build();
    assertThat(StorageMetrics.<String>monitor(registry, storage, "lru")).isSameAs(storage);
    storage.put("a", "1");
    storage.put("b", "1", Duration.ofSeconds(1));
    now.set(Instant.EPOCH.plusSeconds(1));
    storage.get("b");
    assertThat(counter("cache.evictions")).isEqualTo(1);
    assertThat(counter("cache.expirations")).isEqualTo(1);
    assertThat(registry.get("cache.size").gauge().value()).isZero();
    storage.close();
    assertThat(counter("cache.evictions")).isZero();
  }

  @Test
  void aDiskLruThatCountsByItselfHasItsOwnMeters(@TempDir Path directory) {
    String url = "disklru:" + directory + "?limit=1&statistics=true&codec=text&transforms=gzip";
    try (Storage<String> storage = StorageProvider.load().open(url, String.class)) {
      assertThat(StorageMetrics.<String>monitor(registry, storage, "disk")).isSameAs(storage);
      storage.put("a", "1");
      storage.put("b", "1");
      storage.get("b");
      storage.get("c", key -> "1");
      assertThat(counter("cache.evictions")).isEqualTo(2);
      assertThat(counter("cache.puts")).isEqualTo(3);
      assertThat(registry.get("cache.gets").tag("result", "hit").functionCounter().count())
          .isEqualTo(1);
      assertThat(registry.get("cache.load").tag("result", "success").functionCounter().count())
          .isEqualTo(1);
      assertThat(registry.get("cache.size").gauge().value()).isEqualTo(1);
      assertThat(registry.find("cache.expirations").meter()).isNull();
    }
  }

  @Test
  void aStorageThatCountsNothingIsRefused() {
    Storage<String> silent = LruStorage.ofLimit(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StorageMetrics(silent, "silent", Tags.empty()))
        .withMessageContaining("statistics=true")
        .withMessageContaining("ObservedStorage");
  }
}
