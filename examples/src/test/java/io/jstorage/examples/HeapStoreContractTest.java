package io.jstorage.examples;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Storages;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;

/** All that a stranger writes to prove a backend. */
class HeapStoreContractTest extends StorageContract {
  @Override
  public Storage<String> open(SettableClock clock) {
    return Storages.of(new HeapStore(), Codecs.text());
  }
}
