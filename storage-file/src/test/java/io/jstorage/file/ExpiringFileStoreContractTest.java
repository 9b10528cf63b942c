package io.jstorage.file;

import io.jstorage.testkit.MemoryDirectory;
import io.jstorage.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class ExpiringFileStoreContractTest extends FileStoreContractTest {
  @TempDir(factory = MemoryDirectory.class)
  Path memory;

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

  @Override
  Path root() {
    return memory;
  }
}
