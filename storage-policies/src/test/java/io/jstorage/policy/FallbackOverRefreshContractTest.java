package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.memory.VolatileStorage;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.Optional;

/** The contract, for a fallback before a refresh before an expiration before an LRU. */
class FallbackOverRefreshContractTest extends LruPolicyContract {
  private static final Duration EXPIRATION = Duration.ofMinutes(5);

  @Override
  <V> Storage<V> over(Storage<V> lru, SettableClock clock) {
    Storage<V> expiring =
        VolatileStorage.builder(lru).owned().clock(clock).expiration(EXPIRATION).build();
    Storage<V> refreshed =
        RefreshStorage.builder(expiring).ahead(Duration.ofNanos(1)).clock(clock).owned().build();
    return FallbackStorage.builder(refreshed).stale(EXPIRATION).clock(clock).owned().build();
  }

  @Override
  public Optional<Duration> expiration() {
    return Optional.of(EXPIRATION);
  }
}
