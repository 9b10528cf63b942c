package io.jstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Together;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cleaning up what has expired, against values that have just been written. */
class S3FreshWritesStoreTest {
  private static final int WRITERS = 7;
  private static final long LONGEST_PAUSE_NANOS = 10_000_000;
  private static final int ROUNDS = Integer.getInteger("jstorage.s3.races", 100);

  @RegisterExtension final TestBucket bucket = new TestBucket();

  @Test
  void aPurgeTakesNoFreshValueAlong() throws Exception {
    AtomicInteger writing = new AtomicInteger(WRITERS);
    try (Storage<String> storage =
        bucket.store().expiration(Duration.ofHours(1)).storage(Codecs.text())) {
      List<Long> purged =
          Together.call(
              WRITERS + 1,
              Duration.ofMinutes(1).plusSeconds(ROUNDS),
              number -> {
                if (number == WRITERS) {
                  return purgeWhile(storage, writing);
                }
                try {
                  return replaceTheExpired(storage, "key" + number);
                } finally {
                  writing.decrementAndGet();
                }
              });
      assertThat(purged.get(WRITERS)).as("expired values that were purged").isPositive();
    }
  }

  private static long purgeWhile(Storage<String> storage, AtomicInteger writing) {
    long purged = 0;
    while (writing.get() > 0) {
      purged += storage.purgeExpired();
    }
    return purged;
  }

  private static long replaceTheExpired(Storage<String> storage, String key) {
    for (int round = 0; round < ROUNDS; round++) {
      storage.put(key, "value", Duration.ofNanos(1));
      if (round % 2 == 0) {
        // Long enough, at times, for a purge to come by; at others it comes by beside the write.
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_NANOS));
      }
      storage.put(key, "value");
      assertThat(storage.get(key)).as("%s in round %d", key, round).contains("value");
    }
    return 0;
  }
}
