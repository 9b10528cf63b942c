package io.jstorage.s3;

import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.Optional;

class ExpiringS3StoreContractTest extends S3StoreContract {
  private static final Duration EXPIRATION = Duration.ofHours(1);

  @Override
  S3StoreBuilder builder(String folder, SettableClock clock) {
    return super.builder(folder, clock).expiration(EXPIRATION);
  }

  @Override
  public Optional<Duration> expiration() {
    return Optional.of(EXPIRATION);
  }
}
