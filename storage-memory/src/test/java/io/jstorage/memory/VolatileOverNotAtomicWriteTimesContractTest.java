package io.jstorage.memory;

import io.jstorage.Storage;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract, for the expiring storage over one that keeps write times. */
class VolatileOverNotAtomicWriteTimesContractTest extends StorageContract {
  private static final Duration EXPIRATION = Duration.ofMinutes(5);

  @Override
  public Storage<String> open(SettableClock clock) {
    return VolatileStorage.builder(DatedStore.notAtomic(clock).open())
        .owned()
        .clock(clock)
        .expiration(EXPIRATION)
        .build();
  }

  @Override
  public Optional<Duration> expiration() {
    return Optional.of(EXPIRATION);
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).check();
  }
}
