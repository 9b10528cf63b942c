package io.jstorage.testkit;

import io.jstorage.Storage;
import io.jstorage.spi.Storages;

class StrangersStoreContractTest extends StorageContract {
  @Override
  public Storage<String> open(SettableClock clock) {
    return Storages.of(new MapByteStore(), StrictText.CODEC);
  }
}
