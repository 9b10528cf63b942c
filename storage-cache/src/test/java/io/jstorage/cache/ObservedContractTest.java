package io.jstorage.cache;

import io.jstorage.Storage;
import io.jstorage.memory.LruStorage;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An observed storage is a storage as any other. */
class ObservedContractTest extends StorageContract {
  @Override
  public Storage<String> open(SettableClock clock) {
    return this.<String>make(clock);
  }

  @Override
  public Optional<Storage<byte[]>> openBytes(SettableClock clock) {
    return Optional.of(this.<byte[]>make(clock));
  }

  private <V> Storage<V> make(SettableClock clock) {
    Storage<V> behind = LruStorage.builder(5_000).clock(clock).build();
    return ObservedStorage.of(behind, operation -> (outcome, failure) -> {});
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
