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
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
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

  /** One of the threads that are interrupted; it knows what it has written. */
  private static final class Interrupted extends Thread {
    private final Storage<String> storage;
    private final AtomicBoolean over;
    final AtomicInteger noticed = new AtomicInteger();
    volatile @Nullable Throwable failure;

    Interrupted(String name, Storage<String> storage, AtomicBoolean over) {
      super(name);
      this.storage = storage;
      this.over = over;
    }

    @Override
    public void run() {
      try {
        for (int round = 0; !over.get(); round++) {
          String key = getName();
          String value = key + " " + round;
          storage.put(key, value);
          assertThat(storage.get(key)).hasValue(value);
          assertThat(storage.putIfAbsent(key, "no")).isFalse();
          Version version = storage.entry(key).flatMap(Entry::version).orElseThrow();
          assertThat(storage.remove(key, version)).isTrue();
          assertThat(storage.putIfAbsent(key, value)).isTrue();
          if (Thread.interrupted()) {
            noticed.incrementAndGet();
          }
        }
      } catch (Throwable e) {
        failure = e;
      }
    }
  }

  @Test
  void ofAThousandInterruptsUnderLoadNoneIsLostOrHarmsAnything() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    AtomicBoolean over = new AtomicBoolean();
    List<Interrupted> threads = new ArrayList<>();
    try (ChildJvm child = ChildJvm.start(Worker.class, root);
        Storage<String> storage = open();
        Storage<String> other = open()) {
      assertThat(child.hear()).isEqualTo("ready");
      child.tell("write");
      for (int i = 0; i < 8; i++) {
        Interrupted thread = new Interrupted("k" + i, i % 2 == 0 ? storage : other, over);
        threads.add(thread);
        thread.start();
      }
      for (int round = 1; round <= 125; round++) {
        for (Interrupted thread : threads) {
          LockSupport.parkNanos(random.nextLong(500_000));
          thread.interrupt();
        }
        // Each interrupt is still pending after the operations during which it came.
        for (Interrupted thread : threads) {
          while (thread.noticed.get() < round) {
            assertThat(thread.failure).isNull();
            LockSupport.parkNanos(10_000);
          }
        }
      }
      over.set(true);
      for (Interrupted thread : threads) {
        thread.join();
        assertThat(thread.failure).isNull();
        assertThat(storage.require(thread.getName())).startsWith(thread.getName() + " ");
      }
      assertThat(threads.stream().mapToInt(thread -> thread.noticed.get()).sum()).isEqualTo(1000);
      try (Stream<String> keys = storage.keys()) {
        assertThat(keys).containsExactlyInAnyOrder("k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7");
      }
    } finally {
      over.set(true);
    }
  }
}
