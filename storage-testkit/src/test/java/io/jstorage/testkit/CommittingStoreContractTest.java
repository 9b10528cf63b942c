package io.jstorage.testkit;

import org.junit.jupiter.api.Test;

/** A place that one object at a time can open. */
class CommittingStoreContractTest extends ForgetfulStores.CommitsEverything {
  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(100).check();
  }
}
