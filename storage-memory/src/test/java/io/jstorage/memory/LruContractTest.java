package io.jstorage.memory;

import io.jstorage.Storage;
import io.jstorage.testkit.LruContract;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LruContractTest extends LruContract {
  @Override
  protected Storage<String> open(int limit, SettableClock clock) {
    return LruStorage.builder(limit).clock(clock).build();
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(clock -> open(3, clock)).limit(3).check();
  }

  @Test
  void everyHistoryWithAnExpirationIsThatOfTheModel() {
    Duration expiration = Duration.ofMinutes(5);
    ModelSuite.of(clock -> LruStorage.builder(3).clock(clock).expiration(expiration).build())
        .expiration(expiration)
        .limit(3)
        .check();
  }

  @Test
  void everyHistoryOfALimitedWeightIsThatOfTheModel() {
    Weigher<String> weigher = (key, value) -> value.length();
    ModelSuite.of(clock -> LruStorage.ofWeight(3, weigher))
        .withoutClock()
        .weight(3, weigher::weigh)
        .check();
    ModelSuite.of(clock -> LruStorage.builder(3).weight(5, weigher).clock(clock).build())
        .limit(3)
        .weight(5, weigher::weigh)
        .check();
  }

  @Test
  void everyHistoryOfALimitedWeightWithAnExpirationIsThatOfTheModel() {
    Duration expiration = Duration.ofMinutes(5);
    Weigher<String> weigher = (key, value) -> value.length() + 1L;
    ModelSuite.of(
            clock ->
                LruStorage.builder(4)
                    .weight(8, weigher)
                    .clock(clock)
                    .expiration(expiration)
                    .build())
        .expiration(expiration)
        .limit(4)
        .weight(8, weigher::weigh)
        .check();
  }
}
