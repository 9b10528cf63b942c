package io.jstorage.memory;

import io.jstorage.Storage;
import io.jstorage.testkit.LruContract;
import io.jstorage.testkit.SettableClock;

class LruContractTest extends LruContract {
  @Override
  protected Storage<String> open(int limit, SettableClock clock) {
    return LruStorage.builder(limit).clock(clock).build();
  }
}
