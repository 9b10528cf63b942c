package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;

/** The contract, for a fallback over an LRU that does not fail. */
class FallbackOverLruContractTest extends LruPolicyContract {
  @Override
  <V> Storage<V> over(Storage<V> lru, SettableClock clock) {
    return FallbackStorage.builder(lru).stale(Duration.ofHours(1)).clock(clock).owned().build();
  }
}
