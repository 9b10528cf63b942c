package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;

/** The contract, for files that are loaded anew after a day. */
class RefreshOverFilesContractTest extends FilesPolicyContract {
  @Override
  protected Storage<String> over(Storage<String> files, SettableClock clock) {
    return RefreshStorage.builder(files).after(Duration.ofDays(1)).clock(clock).owned().build();
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
