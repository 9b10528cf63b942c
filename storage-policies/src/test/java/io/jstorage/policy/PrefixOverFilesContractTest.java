package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.testkit.SettableClock;

/** The contract, for the entries under a prefix, in files. */
class PrefixOverFilesContractTest extends FilesPolicyContract {
  @Override
  protected Storage<String> over(Storage<String> files, SettableClock clock) {
    return PrefixStorage.open(files, "tenant/7/", true);
  }

  @Override
  public int maxKeyBytes() {
    return 1024 - 9;
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
