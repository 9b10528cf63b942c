package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.memory.LruStorage;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract, for a policy over an LRU. */
abstract class LruPolicyContract extends StorageContract {
  /** Puts the policy, which owns what it is given, in front of an LRU. */
  abstract <V> Storage<V> over(Storage<V> lru, SettableClock clock);

  private static <V> Storage<V> lru(SettableClock clock) {
    return LruStorage.builder(5_000).clock(clock).build();
  }

  @Override
  public Storage<String> open(SettableClock clock) {
    return over(lru(clock), clock);
  }

  @Override
  public Optional<Storage<byte[]>> openBytes(SettableClock clock) {
    return Optional.of(over(lru(clock), clock));
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
