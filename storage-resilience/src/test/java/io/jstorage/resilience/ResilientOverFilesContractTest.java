package io.jstorage.resilience;

import io.jstorage.Storage;
import io.jstorage.file.contract.OverFilesContract;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;

/** The contract, for retries over files. */
class ResilientOverFilesContractTest extends OverFilesContract {
  @Override
  protected Storage<String> over(Storage<String> files, SettableClock clock) {
    return ResilientStorage.builder(files)
        .owned()
        .pauses(Duration.ofMillis(1), Duration.ofMillis(1))
        .breaker(0, 1, Duration.ofSeconds(1))
        .build();
  }

  @Override
  public boolean breakAccess() {
    hideDirectory();
    return true;
  }

  @Override
  public void mendAccess() {
    showDirectory();
  }
}
