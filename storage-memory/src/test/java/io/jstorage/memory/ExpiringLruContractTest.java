package io.jstorage.memory;

import io.jstorage.Storage;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract, for an LRU with an expiration of its own. */
class ExpiringLruContractTest extends StorageContract {
  private static final Duration EXPIRATION = Duration.ofMinutes(5);

  @Override
  public Storage<String> open(SettableClock clock) {
    return this.<String>make(clock);
  }

  @Override
  public Optional<Storage<byte[]>> openBytes(SettableClock clock) {
    return Optional.of(this.<byte[]>make(clock));
  }

  private <V> Storage<V> make(SettableClock clock) {
    return LruStorage.builder(5_000).clock(clock).expiration(EXPIRATION).statistics().build();
  }

  @Override
  public int maxKeyBytes() {
    return 1024;
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
