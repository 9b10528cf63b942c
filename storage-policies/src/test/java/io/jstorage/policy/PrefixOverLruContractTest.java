package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.memory.LruStorage;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract, for the entries under a prefix, beside others in one LRU. */
class PrefixOverLruContractTest extends StorageContract {
  private @Nullable Storage<String> behind;

  @Override
  public Storage<String> open(SettableClock clock) {
    Storage<String> lru = LruStorage.builder(5_000).clock(clock).build();
    behind = lru;
    return PrefixStorage.open(lru, "é:", true);
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.ofNullable(behind).map(lru -> PrefixStorage.over(lru, "e:"));
  }

  @Override
  public int maxKeyBytes() {
    return 1024 - 3;
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).check();
  }
}
