package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;

/** The contract, for an LRU whose entries are loaded anew just before they expire. */
class RefreshOverLruContractTest extends LruPolicyContract {
  @Override
  <V> Storage<V> over(Storage<V> lru, SettableClock clock) {
    return RefreshStorage.builder(lru).ahead(Duration.ofNanos(1)).clock(clock).owned().build();
  }
}
