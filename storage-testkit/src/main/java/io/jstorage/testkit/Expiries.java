package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;

import io.jstorage.Capability;
import io.jstorage.Storage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks of entries that expire, by any rule. */
final class Expiries {
  private static final int MOST_REPEATS = 20;

  private Expiries() {}

  static boolean isAtomic(Storage<?> storage) {
    return storage.capabilities().contains(Capability.ATOMIC);
  }

  /** Lets time pass: on the clock, or really where the storage does not go by it. */
  static void pass(StorageFixture fixture, Duration duration) {
    if (fixture.usesClock()) {
      fixture.clock().advance(duration);
    } else {
      Race.sleep(duration.plusMillis(50));
    }
  }

  /**
   * Writes an entry with a short time to live and returns what is seen of it. In real time that may
   * be over before it is looked for, and then both are done again.
   */
  static <T> T inTime(StorageFixture fixture, Supplier<Optional<T>> writeAndSee) {
    Optional<T> seen = writeAndSee.get();
    for (int i = 0; i < MOST_REPEATS && seen.isEmpty() && !fixture.usesClock(); i++) {
      seen = writeAndSee.get();
    }
    return seen.orElseThrow(
        () -> new AssertionError("no entry, or none with a version, before the deadline"));
  }

  static void assertGone(Storage<String> storage, String key) {
    assertThat(storage.contains(key)).as("contains").isFalse();
    assertThat(storage.get(key)).as("get").isEmpty();
    assertThat(storage.entry(key)).as("entry").isEmpty();
    assertThat(storage.getAll(List.of(key))).as("getAll").isEmpty();
    assertThat(storage.asMap().get(key)).as("asMap().get").isNull();
    assertThat(storage.asMap().containsKey(key)).as("asMap().containsKey").isFalse();
    assertThat(storage.asMap().entrySet())
        .as("asMap().entrySet")
        .noneMatch(entry -> entry.getKey().equals(key));
  }

  static void assertFreshValuesSurvive(
      StorageFixture fixture,
      Storage<String> storage,
      Runnable writeOld,
      Duration ttl,
      String fresh) {
    try (Race race = new Race(4)) {
      for (int round = 0; round < 2 * fixture.rounds(); round++) {
        writeOld.run();
        fixture.clock().advance(ttl);
        race.run(
            number -> {
              switch (number) {
                case 0 -> storage.put("k", fresh);
                case 1 -> storage.get("k");
                case 2 -> storage.entry("k");
                default -> storage.purgeExpired();
              }
              return number;
            });
        assertThat(storage.get("k")).as("the value written last").contains(fresh);
      }
    }
  }
}
