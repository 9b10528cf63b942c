package io.jstorage.memory;

import io.jstorage.file.FileStore;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;

/** The contract, for the expiring storage over files that keep deadlines themselves. */
class VolatileOverExpiringFilesContractTest extends VolatileOverFilesContractTest {
  @Override
  FileStore.Builder files(SettableClock clock) {
    return super.files(clock).expiration(Duration.ofHours(1));
  }
}
