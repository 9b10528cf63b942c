package io.jstorage.testkit;

import io.jstorage.Storage;
import io.jstorage.spi.Storages;

class EveryPowerContractTest extends StorageContract {
  @Override
  public Storage<String> open(SettableClock clock) {
    return Storages.of(new AtomicMapByteStore(clock, null), StrictText.CODEC);
  }

  @Override
  public int maxKeyBytes() {
    return 1024;
  }
}
