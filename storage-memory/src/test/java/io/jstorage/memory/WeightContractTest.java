package io.jstorage.memory;

import io.jstorage.Storage;
import io.jstorage.testkit.LruContract;
import io.jstorage.testkit.SettableClock;

/** A limit of weight, of entries of weight 1, is a limit of entries. */
class WeightContractTest extends LruContract {
  @Override
  protected Storage<String> open(int limit, SettableClock clock) {
    return LruStorage.<String>ofWeight(limit, (key, value) -> 1);
  }
}
