package io.jstorage.file;

import io.jstorage.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

class ExpiringFileStoreContractTest extends FileStoreContractTest {
  private static final Duration EXPIRATION = Duration.ofHours(1);

  @Override
  FileStore.Builder builder(Path directory, SettableClock clock) {
    return super.builder(directory, clock).expiration(EXPIRATION);
  }

  @Override
  public Optional<Duration> expiration() {
    return Optional.of(EXPIRATION);
  }
}
