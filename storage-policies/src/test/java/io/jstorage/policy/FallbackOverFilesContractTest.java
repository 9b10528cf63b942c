package io.jstorage.policy;

import io.jstorage.Storage;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;

/**
 * The contract, for a fallback over files, while they do not fail: reads that fail are answered
 * otherwise on purpose.
 */
class FallbackOverFilesContractTest extends FilesPolicyContract {
  @Override
  protected Storage<String> over(Storage<String> files, SettableClock clock) {
    return FallbackStorage.builder(files).stale(Duration.ofHours(1)).clock(clock).owned().build();
  }
}
