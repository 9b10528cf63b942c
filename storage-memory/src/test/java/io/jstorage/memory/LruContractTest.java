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
}
