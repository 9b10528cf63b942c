package io.jstorage.testkit;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Storages;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Two objects share their entries, and a neighbour's lie in the same map. */
class EveryPowerContractTest extends ByteStoreContract {
  private final Map<String, AtomicMapByteStore.State> place = new ConcurrentHashMap<>();

  @Override
  public ByteStore openStore(SettableClock clock) {
    place.clear();
    return new AtomicMapByteStore(place, "ours:", clock, null);
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(
        Storages.of(new AtomicMapByteStore(place, "ours:", clock, null), Codecs.text()));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(
        Storages.of(new AtomicMapByteStore(place, "theirs:", clock, null), Codecs.text()));
  }
}
