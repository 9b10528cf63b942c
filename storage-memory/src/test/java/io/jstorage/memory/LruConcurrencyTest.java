package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.jvm.Together;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LruConcurrencyTest {
  private static final int THREADS = 8;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void underStressTheLimitHoldsAndNoKeyShowsTheValueOfAnother(boolean withPeriods)
      throws Exception {
    if (withPeriods) {
      Periods.arePossible();
    }
    SettableClock clock = new SettableClock();
    int limit = 64;
    LruStorage<String> storage = LruStorage.builder(limit).clock(clock).build();
    for (int round = 0; round < 5; round++) {
      Together.run(
          THREADS,
          number -> {
            Random random = new Random(number);
            for (int i = 0; i < 20_000; i++) {
              if (withPeriods && random.nextInt(1000) == 0) {
                Periods.change(storage.table(), random);
              }
              String key = "k" + random.nextInt(200);
              String value = key + ":" + number + ":" + i;
              switch (random.nextInt(12)) {
                case 0, 1, 2, 3, 4 -> check(key, storage.asMap().get(key));
                case 5 -> storage.entry(key).ifPresent(entry -> check(key, entry.value()));
                case 6, 7 -> storage.put(key, value);
                case 8 -> storage.put(key, value, Duration.ofMillis(1 + random.nextInt(20)));
                case 9 -> check(key, storage.get(key, k -> value));
                case 10 -> storage.remove(key);
                default -> {
                  clock.advance(Duration.ofMillis(1));
                  storage.putIfAbsent(key, value);
                }
              }
              assertThat(storage.size() <= limit).isTrue();
            }
          });
      assertThat(storage.size()).isLessThanOrEqualTo(limit);
      assertThat(storage.keys().distinct().count()).isEqualTo(storage.size());
    }
    // Nobody was lost on the way: a storage that has been full of others is full of these.
    for (int i = 0; i < limit; i++) {
      storage.put("last" + i, "last" + i);
    }
    assertThat(storage.keys()).hasSize(limit).allMatch(key -> key.startsWith("last"));
  }

  private static void check(String key, @Nullable String value) {
    if (value != null && !value.startsWith(key + ":")) {
      throw new AssertionError(key + " had " + value);
    }
  }

  @Test
  void aSearchForTheLeastRecentlyUsedEndsWhileAllAreInUse() throws Exception {
    int limit = 4;
    Storage<String> storage = LruStorage.ofLimit(limit);
    for (int i = 0; i < limit; i++) {
      storage.put("k" + i, "v");
    }
    Together.run(
        4,
        number -> {
          for (int i = 0; i < 50_000; i++) {
            if (number == 0) {
              storage.put("k" + i % 50, "v");
            } else {
              storage.get("k" + i % 50);
            }
          }
        });
    assertThat(storage.size()).isEqualTo(limit);
  }

  @Test
  void incrementsByReplaceLoseNone() throws Exception {
    LruStorage<Integer> storage = LruStorage.ofLimit(100);
    storage.put("n", 0);
    Together.run(
        THREADS,
        number -> {
          for (int done = 0; done < 2_000; ) {
            Entry<Integer> entry = storage.entry("n").orElseThrow();
            if (storage.replace("n", entry.version().orElseThrow(), entry.value() + 1)) {
              done++;
            }
            storage.put("other" + (number * 10 + done % 10), done);
          }
        });
    assertThat(storage.require("n")).isEqualTo(THREADS * 2_000);
  }

  @Test
  void ofAllWhoPutIfAbsentOneWins() throws Exception {
    LruStorage<Integer> storage = LruStorage.ofLimit(10);
    for (int round = 0; round < 500; round++) {
      String key = "k" + round;
      boolean[] won = new boolean[4];
      Together.run(4, number -> won[number] = storage.putIfAbsent(key, number));
      int winner = storage.require(key);
      for (int number = 0; number < won.length; number++) {
        assertThat(won[number]).isEqualTo(number == winner);
      }
    }
  }

  @Test
  void cleaningUpNeverTakesAFreshValueAlong() throws Exception {
    SettableClock clock = new SettableClock();
    LruStorage<String> storage = LruStorage.builder(10).clock(clock).build();
    FreshWrites.race(storage, clock, key -> storage.put(key, "v", Duration.ofSeconds(1)));
  }

  @Test
  void cleaningUpNeverTakesAlongWhatIsWrittenMeanwhile() {
    SettableClock clock = new SettableClock();
    FreshWrites.InterruptingClock interrupting = new FreshWrites.InterruptingClock(clock);
    LruStorage<String> storage = LruStorage.builder(10).clock(interrupting).build();
    FreshWrites.interrupt(
        storage,
        clock,
        interrupting,
        key -> storage.put(key, "v", Duration.ofSeconds(1)),
        List.of(
            each -> each.get("k"),
            each -> each.contains("k"),
            each -> each.entry("k"),
            each -> each.asMap().get("k"),
            each -> each.getAll(List.of("k"))));
  }
}
