package io.jstorage.s3;

import io.jstorage.testkit.SettableClock;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** On a server whose conditional writes are not to be relied on, as many are. */
class BareS3ProxyContractTest extends S3StoreContractTest {
  @Override
  S3Store.Builder builder(String folder, SettableClock clock) {
    return bucket
        .store(bucket.server())
        .folder(bucket.folder() + "/" + folder)
        .conditional(Conditional.DENY)
        .clock(clock);
  }

  /** Two that remove at once may both see the object go. */
  @Override
  @Test
  public void aRaceOfRemoveHasOneWinner() {
    Assumptions.abort("without conditional deletions nobody decides who removed an object");
  }
}
