package io.jstorage.resilience;

import io.jstorage.Storage;
import io.jstorage.memory.LruStorage;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract, for retries over an LRU. */
class ResilientOverLruContractTest extends StorageContract {
  private static <V> Storage<V> make(SettableClock clock) {
    Storage<V> lru = LruStorage.builder(5_000).clock(clock).build();
    return ResilientStorage.builder(lru).owned().build();
  }

  @Override
  public Storage<String> open(SettableClock clock) {
    return make(clock);
  }

  @Override
  public Optional<Storage<byte[]>> openBytes(SettableClock clock) {
    return Optional.of(make(clock));
  }

  @Override
  public int maxKeyBytes() {
    return 1024;
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).check();
  }
}
