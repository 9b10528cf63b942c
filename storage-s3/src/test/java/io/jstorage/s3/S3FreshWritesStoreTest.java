package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Polling;
import io.jstorage.jvm.Together;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cleaning up what has expired, against values that have just been written. */
class S3FreshWritesStoreTest {
  private static final int WRITERS = 7;
  private static final long LONGEST_PAUSE_NANOS = 10_000_000;
  private static final int ROUNDS = Integer.getInteger("jstorage.s3.races", 50);

  /** In one of so many rounds the expired value stays until a purge has come by. */
  private static final int ROUNDS_TO_A_PURGE = 10;

  @RegisterExtension final TestBucket bucket = new TestBucket();

  private final AtomicInteger writing = new AtomicInteger(WRITERS);
  private final AtomicLong purges = new AtomicLong();

  @Test
  void aPurgeTakesNoFreshValueAlong() throws Exception {
    try (Storage<String> storage =
        bucket.store().expiration(Duration.ofHours(1)).storage(Codecs.text())) {
      List<Long> purged =
          Together.call(
              WRITERS + 1,
              Duration.ofMinutes(1).plusSeconds(ROUNDS),
              number ->
                  number == WRITERS
                      ? purgeWhileOthersWrite(storage)
                      : replaceTheExpired(storage, "key" + number));
      assertThat(purged.get(WRITERS)).as("expired values that were purged").isPositive();
    }
  }

  private long purgeWhileOthersWrite(Storage<String> storage) {
    long purged = 0;
    try {
      while (writing.get() > 0) {
        purged += storage.purgeExpired();
        purges.incrementAndGet();
      }
    } finally {
      purges.set(Long.MAX_VALUE);
    }
    return purged;
  }

  private long replaceTheExpired(Storage<String> storage, String key) {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        storage.put(key, "value", Duration.ofNanos(1));
        if (round % ROUNDS_TO_A_PURGE == 0) {
          awaitAWholePurge();
        } else if (round % 2 == 0) {
          // Long enough, at times, for a purge to come by; at others it comes by beside the write.
          LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
        }
        storage.put(key, "value");
        assertThat(storage.get(key)).as("%s in round %d", key, round).contains("value");
      }
      return 0;
    } finally {
      writing.decrementAndGet();
    }
  }

  /** Waits for the end of the purge that is under way and of the next one. */
  private void awaitAWholePurge() {
    long end = purges.get() + 2;
    Polling.until("a whole purge has come by", () -> purges.get() >= end);
  }
}
