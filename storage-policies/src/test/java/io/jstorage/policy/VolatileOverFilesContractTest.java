package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.memory.VolatileStorage;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.Optional;

/** The contract, for the expiring storage over files, which go by their write times. */
class VolatileOverFilesContractTest extends FilesPolicyContract {
  private static final Duration EXPIRATION = Duration.ofMinutes(5);

  @Override
  protected Storage<String> over(Storage<String> files, SettableClock clock) {
    return VolatileStorage.builder(files).owned().clock(clock).expiration(EXPIRATION).build();
  }

  @Override
  public Optional<Duration> expiration() {
    return Optional.of(EXPIRATION);
  }
}
