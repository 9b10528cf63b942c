package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.jvm.Latches;
import io.jstorage.jvm.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Readers without a lock see consistent entries while writers are at work. */
class LruReadersTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void noReadWaitsForAWriterThatHoldsTheLock() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    ThreadLocal<Boolean> isWriter = ThreadLocal.withInitial(() -> false);
    AtomicLong now = new AtomicLong();
    Storage<String> storage =
        LruStorage.builder(10)
            .clock(
                () -> {
                  if (isWriter.get()) {
                    writing.countDown();
                    Latches.await(finish);
                  }
                  return START.plusSeconds(now.get());
                })
            .build();
    storage.put("k", "v");
    storage.put("expiring", "v", Duration.ofHours(1));
    storage.put("expired", "v", Duration.ofSeconds(1));
    now.set(5);
    AtomicBoolean written = new AtomicBoolean();
    Together.run(
        2,
        number -> {
          if (number == 0) {
            // A write asks the clock for its deadline while it holds the lock.
            isWriter.set(true);
            storage.put("written", "w", Duration.ofHours(1));
            written.set(true);
            return;
          }
          writing.await();
          assertThat(storage.get("k")).contains("v");
          assertThat(storage.require("k")).isEqualTo("v");
          assertThat(storage.get("k", key -> "never")).isEqualTo("v");
          assertThat(storage.asMap().get("k")).isEqualTo("v");
          assertThat(storage.get("expiring")).contains("v");
          assertThat(storage.entry("expiring").flatMap(Entry::version)).isPresent();
          assertThat(storage.get("absent")).isEmpty();
          assertThat(storage.get("expired")).isEmpty();
          assertThat(storage.contains("expired")).isFalse();
          assertThat(storage.contains("k")).isTrue();
          assertThat(storage.getAll(List.of("k", "expired", "expiring"))).hasSize(2);
          assertThat(storage.keys()).contains("k", "expiring").doesNotContain("written");
          assertThat(storage.size()).isEqualTo(3);
          assertThat(storage.asMap().values().stream()).hasSize(2);
          assertThat(written).as("the lock was held all the time").isFalse();
          finish.countDown();
        });
    assertThat(storage.get("written")).contains("w");
  }

  @Test
  void readersMissNothingWhileTheTableGrows() throws Exception {
    Storage<String> storage = LruStorage.ofLimit(1 << 20);
    List<String> pinned = pin(storage, 100, "pinned-");
    whileReading(
        storage,
        pinned,
        () -> {
          for (int i = 0; i < 200_000; i++) {
            storage.put("filler-" + i, "filler-" + i);
          }
        });
    assertThat(storage.size()).isEqualTo(200_100);
    assertThat(storage.keys().distinct().count()).isEqualTo(200_100);
  }

  @Test
  void readersMissNothingWhileTheirChainChanges() throws Exception {
    Storage<String> storage = LruStorage.ofLimit(100);
    List<String> colliding = colliding(3);
    List<String> pinned = colliding.subList(2, 5);
    pinned.forEach(key -> storage.put(key, key));
    whileReading(
        storage,
        pinned,
        () -> {
          for (int i = 0; i < 100_000; i++) {
            String key = colliding.get(i % colliding.size());
            if (pinned.contains(key)) {
              storage.put(key, key + "#" + i);
            } else if (!storage.remove(key)) {
              storage.put(key, key);
            }
          }
        });
  }

  @Test
  void readersMissNothingWhileKeysThatCollideAreHashedAnew() throws Exception {
    for (int round = 0; round < 30; round++) {
      Storage<String> storage = LruStorage.ofLimit(10_000);
      List<String> colliding = colliding(7);
      List<String> pinned = colliding.subList(0, 5);
      pinned.forEach(key -> storage.put(key, key));
      whileReading(
          storage, pinned, () -> colliding.forEach(key -> storage.put(key, key + "#again")));
      assertThat(storage.size()).isEqualTo(128);
      assertThat(storage.getAll(colliding)).hasSize(128);
    }
  }

  /** Keys of one and the same hash code, two to the power of {@code pairs} of them. */
  static List<String> colliding(int pairs) {
    List<String> keys = List.of("");
    for (int i = 0; i < pairs; i++) {
      List<String> longer = new ArrayList<>();
      for (String key : keys) {
        longer.add(key + "Aa");
        longer.add(key + "BB");
      }
      keys = longer;
    }
    return keys;
  }

  private static List<String> pin(Storage<String> storage, int count, String prefix) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(prefix + i);
      storage.put(prefix + i, prefix + i);
    }
    return keys;
  }

  /** Reads keys that are there throughout, by value and by listing, until the writer is through. */
  private static void whileReading(Storage<String> storage, List<String> pinned, Runnable writer)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch reading = new CountDownLatch(3);
    Together.run(
        4,
        number -> {
          if (number == 0) {
            try {
              reading.await();
              writer.run();
            } finally {
              over.set(true);
            }
            return;
          }
          while (!over.get()) {
            if (number == 1) {
              Set<String> listed = new HashSet<>();
              storage
                  .keys()
                  .forEach(key -> fail(over, listed.add(key) ? null : key + " came twice"));
              fail(over, listed.containsAll(pinned) ? null : "keys are missing");
            } else {
              for (String key : pinned) {
                String value = storage.asMap().get(key);
                boolean right = value != null && (value.equals(key) || value.startsWith(key + "#"));
                fail(over, right ? null : key + " had " + value);
              }
            }
            reading.countDown();
          }
        });
  }

  /** Not AssertJ: millions of times. */
  private static void fail(AtomicBoolean over, @Nullable String failure) {
    if (failure != null) {
      over.set(true);
      throw new AssertionError(failure);
    }
  }

  @Test
  void valueVersionAndDeadlineAreThoseOfOneWrite() throws Exception {
    LruStorage<Long> storage = LruStorage.builder(2).clock(() -> Instant.EPOCH).build();
    storage.put("k", 1L, Duration.ofSeconds(1));
    AtomicBoolean over = new AtomicBoolean();
    Together.run(
        3,
        number -> {
          if (number == 0) {
            try {
              for (long i = 2; i < 200_000; i++) {
                storage.put("k", i, Duration.ofSeconds(i));
              }
            } finally {
              over.set(true);
            }
            return;
          }
          Map<String, Long> seen = new HashMap<>();
          while (!over.get()) {
            Entry<Long> entry = storage.entry("k").orElseThrow();
            assertThat(entry.expiresAt()).contains(Instant.EPOCH.plusSeconds(entry.value()));
            Long before = seen.putIfAbsent(entry.version().orElseThrow().toString(), entry.value());
            assertThat(before == null || before.equals(entry.value())).isTrue();
          }
        });
  }
}
