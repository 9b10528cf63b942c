package io.jstorage.testkit;

import io.jstorage.spi.ByteStore;
import java.time.Duration;
import java.util.Optional;

class ExpiringByItselfContractTest extends ByteStoreContract {
  private static final Duration EXPIRATION = Duration.ofMinutes(5);

  @Override
  public ByteStore openStore(SettableClock clock) {
    return new AtomicMapByteStore(clock, EXPIRATION);
  }

  @Override
  public Optional<Duration> expiration() {
    return Optional.of(EXPIRATION);
  }
}
