package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The operations of a key happen one after the other, whoever calls them. */
interface LinearizabilityContract extends StorageFixture {
  /** Two hundred calls for each of the {@link #rounds()}, on so few keys that they meet. */
  @Test
  default void whatEightThreadsSeeCanHaveHappenedOneAfterTheOther() {
    History history = History.record(storage(), 200 * rounds(), 20, System.nanoTime());
    assertThat(history.failed() + history.unknown()).as("failed calls").isZero();
    history.assertLinearizable();
  }
}
