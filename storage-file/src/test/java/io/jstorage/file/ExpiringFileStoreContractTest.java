package io.jstorage.file;

import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.Optional;

class ExpiringFileStoreContractTest extends FileStoreContractTest {
  private static final Duration EXPIRATION = Duration.ofHours(1);

  @Override
  FileStore.Builder builder(SettableClock clock) {
    return super.builder(clock).expiration(EXPIRATION);
  }

  @Override
  public Optional<Duration> expiration() {
    return Optional.of(EXPIRATION);
  }

  /** Thousands are tried without deadlines. */
  @Override
  public int fuzzedKeys() {
    return 300;
  }
}
