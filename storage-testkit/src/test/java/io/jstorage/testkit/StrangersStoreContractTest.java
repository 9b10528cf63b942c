package io.jstorage.testkit;

import io.jstorage.spi.ByteStore;

class StrangersStoreContractTest extends ByteStoreContract {
  @Override
  public ByteStore openStore(SettableClock clock) {
    return new MapByteStore();
  }
}
