package io.jstorage.s3;

import static io.jstorage.Capability.ATOMIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.s3.server.Fault;
import io.jstorage.testkit.History;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Thousands of calls of eight threads, with faults on the way. */
class S3HistoriesFaultsTest {
  private static final int CALLS = 4_000;

  @RegisterExtension final TestBucket bucket = TestBucket.behindProxy();

  @Test
  void callsAreLinearizableInSpiteOfFaults() {
    try (Storage<String> storage = bucket.store().retries(2).storage(Codecs.text())) {
      assertThat(storage.capabilities()).as("found out before calls fail").contains(ATOMIC);
      bucket.proxy().on(request -> ThreadLocalRandom.current().nextInt(100) < 4, Fault.any());
      History history = History.record(storage, CALLS, 100, 2);
      history.assertLinearizable();
      assertThat(history.answered()).isGreaterThan(CALLS / 2);
      assertThat(history.unknown()).as("writes of which nobody knows").isPositive();
    }
  }
}
