package io.jstorage.policy;

import io.jstorage.file.contract.OverFilesContract;
import io.jstorage.testkit.ModelSuite;
import org.junit.jupiter.api.Test;

/** The contract, for a policy over files. */
abstract class FilesPolicyContract extends OverFilesContract {
  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(60).check();
  }
}
