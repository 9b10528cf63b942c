package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;

import io.jstorage.KeyNotFoundException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Single operations are linearizable per key, and interrupts harm nothing. */
interface ConcurrencyContract extends StorageFixture {
  @Test
  @Promise(
      value =
          "An overwrite is one step: a reader sees the old value or the new one, never a "
              + "miss and never a part.",
      lookAt = {"Store.write", "Store.read"})
  default void aReaderSeesOneOfTheValuesWrittenAndNeverAMiss() {
    Storage<String> storage = storage();
    List<String> values = List.of("a".repeat(20_000), "b".repeat(30_000), "c");
    storage.put("k", values.get(0));
    int writes = 4 * rounds();
    AtomicBoolean done = new AtomicBoolean();
    try (Race race = new Race(4)) {
      race.run(
          number -> {
            if (number == 0) {
              try {
                for (int i = 0; i < writes; i++) {
                  storage.put("k", values.get(i % values.size()));
                }
              } finally {
                done.set(true);
              }
            } else {
              while (!done.get()) {
                String seen = number == 1 ? storage.asMap().get("k") : storage.require("k");
                assertThat(values.contains(seen)).as("a value that was written").isTrue();
                assertThat(storage.contains("k")).isTrue();
              }
            }
            return number;
          });
    }
  }

  @Test
  @Promise(
      value = "A reader that has seen a value never sees an older one afterwards.",
      lookAt = {"Store.read", "Store.write"})
  default void aReaderNeverGoesBackInTime() {
    Storage<String> storage = storage();
    storage.put("k", "0");
    int writes = 4 * rounds();
    AtomicBoolean done = new AtomicBoolean();
    try (Race race = new Race(4)) {
      race.run(
          number -> {
            if (number == 0) {
              try {
                for (int i = 1; i <= writes; i++) {
                  storage.put("k", String.valueOf(i));
                }
              } finally {
                done.set(true);
              }
            } else {
              int last = 0;
              while (!done.get()) {
                int seen = Integer.parseInt(storage.require("k"));
                assertThat(seen).isGreaterThanOrEqualTo(last);
                last = seen;
              }
            }
            return number;
          });
    }
    assertThat(storage.get("k")).contains(String.valueOf(writes));
  }

  @Test
  @Promise("A thread sees what it wrote itself, whatever others do to other keys.")
  default void threadsDoNotDisturbEachOther() {
    Storage<String> storage = storage();
    try (Race race = new Race(threads())) {
      race.run(
          number -> {
            for (int i = 0; i < Math.max(4, rounds() / 4); i++) {
              String key = "key-" + number + "-" + i;
              storage.put(key, "v" + i);
              assertThat(storage.get(key)).contains("v" + i);
              assertThat(storage.contains(key)).isTrue();
              assertThat(Calls.list(storage.keys("key-" + number + "-" + i))).contains(key);
              assertThat(storage.remove(key)).isTrue();
              assertThat(storage.get(key)).isEmpty();
            }
            return number;
          });
    }
    assertThat(storage.size()).isZero();
  }

  @Test
  @Promise("Of all callers that remove one entry at once, exactly one gets true.")
  default void aRaceOfRemoveHasOneWinner() {
    Storage<String> storage = storage();
    try (Race race = new Race(threads())) {
      for (int round = 0; round < rounds(); round++) {
        storage.put("k", "v");
        List<Boolean> removed = race.run(number -> storage.remove("k"));
        assertThat(Collections.frequency(removed, true)).as("winners").isEqualTo(1);
      }
    }
  }

  @Test
  @Promise(
      "An interrupted call works or fails by a StorageException; the flag stays set, and the "
          + "storage goes on.")
  default void anInterruptNeitherHarmsNorIsSwallowed() {
    Storage<String> storage = storage();
    storage.put("k", "old");
    try (Race race = new Race(1)) {
      race.run(
          number -> {
            for (int i = 0; i < 5; i++) {
              String value = "new " + i;
              interrupted(() -> storage.put("k", value));
              interrupted(() -> storage.get("k"));
              interrupted(() -> storage.contains("k"));
              interrupted(() -> storage.entry("k"));
              interrupted(() -> Calls.keysOf(storage));
              interrupted(storage::size);
              interrupted(() -> storage.get("loaded", key -> "v"));
              interrupted(() -> storage.remove("loaded"));
            }
            return number;
          });
    }
    assertThat(storage.get("k")).get().asString().matches("old|new [0-4]");
    storage.put("k", "after");
    assertThat(storage.get("k")).contains("after");
    storage.clear();
    assertThat(storage.size()).isZero();
  }

  @Test
  @Promise("A write that is interrupted leaves the old value or the new one.")
  default void anInterruptDuringWritesLosesNoValue() {
    Storage<String> storage = storage();
    storage.put("k", "0");
    AtomicReference<@Nullable Thread> writer = new AtomicReference<>();
    AtomicInteger interrupts = new AtomicInteger();
    try (Race race = new Race(2)) {
      race.run(
          number -> {
            if (number == 0) {
              writer.set(Thread.currentThread());
              try {
                for (int i = 1; i <= 2 * rounds() || interrupts.get() < 10; i++) {
                  assertWholeAfterInterrupts(storage, String.valueOf(i));
                }
              } finally {
                writer.set(null);
                interrupts.set(Integer.MAX_VALUE);
              }
            } else {
              while (interrupts.get() < Integer.MAX_VALUE) {
                Thread thread = writer.get();
                if (thread != null) {
                  thread.interrupt();
                  interrupts.updateAndGet(n -> n == Integer.MAX_VALUE ? n : n + 1);
                }
                // From 20 microseconds to 40 milliseconds, so that each medium gets done at times.
                LockSupport.parkNanos(20_000L << interrupts.get() % 12);
              }
            }
            return number;
          });
    }
    storage.put("k", "after");
    assertThat(storage.get("k")).contains("after");
  }

  private static void assertWholeAfterInterrupts(Storage<String> storage, String value) {
    boolean certain = attempt(() -> storage.put("k", value));
    AtomicReference<String> seen = new AtomicReference<>("");
    do {
      // So that the next interrupt comes in the middle, and is not there from the start.
      Thread.interrupted();
    } while (!attempt(() -> seen.set(storage.require("k"))));
    assertThat(seen.get()).matches(certain ? value : "\\d+");
  }

  private static void interrupted(Runnable operation) {
    Thread.currentThread().interrupt();
    try {
      attempt(operation);
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt is still pending").isTrue();
    }
  }

  /** True if the operation worked, false if it failed as storages do. */
  private static boolean attempt(Runnable operation) {
    try {
      operation.run();
      return true;
    } catch (KeyNotFoundException e) {
      throw e;
    } catch (StorageException e) {
      return false;
    }
  }
}
