package io.jstorage.policy;

import io.jstorage.file.FileStore;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;

/** The contract, for the expiring storage over files that keep deadlines themselves. */
class VolatileOverExpiringFilesContractTest extends VolatileOverFilesContractTest {
  @Override
  protected FileStore.Builder builder(SettableClock clock) {
    return super.builder(clock).expiration(Duration.ofHours(1));
  }
}
