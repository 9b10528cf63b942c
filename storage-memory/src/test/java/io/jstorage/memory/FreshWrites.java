package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.jvm.Together;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The clean-up of an expired entry against a fresh write of the same value. */
final class FreshWrites {
  private static final int ROUNDS = 1_000;

  private FreshWrites() {}

  /** Lets them race. The old value is to live for a second. */
  static void race(Storage<String> storage, SettableClock clock, Consumer<String> putOld)
      throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String key = "k" + round % 7;
      putOld.accept(key);
      clock.advance(Duration.ofSeconds(1));
      int way = round % 4;
      Together.run(
          2,
          number -> {
            if (number == 0) {
              storage.put(key, "v");
            } else if (way == 0) {
              storage.get(key);
            } else if (way == 1) {
              storage.contains(key);
            } else if (way == 2) {
              storage.entry(key);
            } else {
              storage.purgeExpired();
            }
          });
      assertThat(storage.get(key)).as("round %d", round).contains("v");
    }
  }

  /** A clock in whose place something else happens first: between reading an entry and judging. */
  static final class InterruptingClock implements InstantSource {
    private final SettableClock clock;
    private @Nullable Runnable next;

    InterruptingClock(SettableClock clock) {
      this.clock = clock;
    }

    @Override
    public Instant instant() {
      Runnable now = next;
      next = null;
      if (now != null) {
        now.run();
      }
      return clock.instant();
    }
  }

  /** Writes afresh at the very moment at which an access finds the entry expired. */
  static void interrupt(
      Storage<String> storage,
      SettableClock clock,
      InterruptingClock interrupting,
      Consumer<String> putOld,
      List<Consumer<Storage<String>>> accesses) {
    for (int round = 0; round < ROUNDS; round++) {
      putOld.accept("k");
      clock.advance(Duration.ofSeconds(1));
      interrupting.next = () -> storage.put("k", "v");
      accesses.get(round % accesses.size()).accept(storage);
      assertThat(interrupting.next).as("the write took place").isNull();
      assertThat(storage.get("k")).as("round %d", round).contains("v");
    }
  }
}
