package io.jstorage.testkit;

import io.jstorage.Storage;

class SynchronizedLruContractTest extends LruContract {
  @Override
  protected Storage<String> open(int limit, SettableClock clock) {
    return new SynchronizedLru(limit).storage();
  }
}
