package io.jstorage.examples;

import io.jstorage.spi.ByteStore;
import io.jstorage.testkit.ByteStoreContract;
import io.jstorage.testkit.SettableClock;

/** All that a stranger writes to prove a backend. */
class HeapStoreContractTest extends ByteStoreContract {
  @Override
  public ByteStore openStore(SettableClock clock) {
    return new HeapStore();
  }
}
