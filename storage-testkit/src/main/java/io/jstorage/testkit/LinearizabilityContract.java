package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;

import org.junit.jupiter.api.Test;

/** The operations of a key happen one after the other, for all callers. */
interface LinearizabilityContract extends StorageFixture {
  @Test
  @Promise(
      "The operations of a key are linearizable: what all callers see can have happened "
          + "one after the other.")
  default void operationsOfEightThreadsAreLinearizable() {
    History history = History.record(storage(), 200 * rounds(), 20, Seed.get());
    assertThat(history.failed() + history.unknown()).as("failed calls").isZero();
    history.assertLinearizable();
  }
}
