package io.jstorage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileInterruptTest {
  @TempDir Path root;

  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  private Storage<String> open() {
    return FileStore.at(root).expiration(Duration.ofHours(1)).storage(Codecs.text());
  }

  private static <T> T interrupted(Callable<T> operation) throws Exception {
    Thread.currentThread().interrupt();
    T result = operation.call();
    assertThat(Thread.interrupted()).as("the flag is still set").isTrue();
    return result;
  }

  @Test
  void anInterruptedThreadReadsAndWritesLikeAnother() throws Exception {
    try (Storage<String> storage = interrupted(this::open)) {
      for (String key : List.of("k", "K".repeat(300))) {
        assertThat(interrupted(() -> storage.putIfAbsent(key, "v"))).isTrue();
        assertThat(interrupted(() -> storage.require(key))).isEqualTo("v");
        Version version =
            interrupted(() -> storage.entry(key)).flatMap(Entry::version).orElseThrow();
        assertThat(interrupted(() -> storage.replace(key, version, "w"))).isTrue();
        assertThat(interrupted(() -> storage.contains(key))).isTrue();
        assertThat(interrupted(storage::size)).isEqualTo(1);
        interrupted(
            () -> {
              storage.put(key, "x");
              return key;
            });
        assertThat(interrupted(() -> storage.get(key))).hasValue("x");
        assertThat(interrupted(() -> storage.remove(key))).isTrue();
        assertThat(interrupted(storage::purgeExpired)).isZero();
      }
    }
  }

  @Test
  void interruptsUnderLoadChangeNothing() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> workers = new ArrayList<>();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            4,
            task -> {
              Thread thread = new Thread(task);
              workers.add(thread);
              return thread;
            });
    try (Storage<String> storage = open();
        Storage<String> other = open()) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String key = "k" + i;
        Storage<String> mine = i % 2 == 0 ? storage : other;
        results.add(
            pool.submit(
                () -> {
                  int rounds = 0;
                  for (; !over.get(); rounds++) {
                    String value = key + " " + rounds;
                    mine.put(key, value);
                    assertThat(mine.get(key)).hasValue(value);
                    assertThat(mine.putIfAbsent(key, "no")).isFalse();
                    Version version = mine.entry(key).flatMap(Entry::version).orElseThrow();
                    assertThat(mine.remove(key, version)).isTrue();
                    assertThat(mine.putIfAbsent(key, value)).isTrue();
                  }
                  return rounds;
                }));
      }
      long end = System.nanoTime() + Duration.ofMillis(1500).toNanos();
      while (System.nanoTime() < end) {
        workers.forEach(Thread::interrupt);
        Thread.onSpinWait();
      }
      over.set(true);
      for (Future<Integer> result : results) {
        assertThat(result.get()).isPositive();
      }
      try (Stream<String> keys = storage.keys()) {
        assertThat(keys).containsExactlyInAnyOrder("k0", "k1", "k2", "k3");
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
