package io.jstorage.testkit;

import io.jstorage.Storage;

class SynchronizedLruAsStorageContractTest extends StorageContract {
  @Override
  public Storage<String> open(SettableClock clock) {
    return new SynchronizedLru(5_000).storage();
  }

  @Override
  public int maxKeyBytes() {
    return 1024;
  }
}
