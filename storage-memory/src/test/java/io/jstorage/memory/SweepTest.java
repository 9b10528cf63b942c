package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Capability;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.jvm.Polling;
import io.jstorage.spi.Access;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class SweepTest {
  private static final Duration OFTEN = Duration.ofMillis(1);

  private final SettableClock clock = new SettableClock();
  private final WatchedStore store = new WatchedStore(clock);

  /** Notes who sweeps, and how often; fails at the first sweeps if it is told to. */
  private static final class WatchedStore extends DatedStore {
    final CountDownLatch swept = new CountDownLatch(5);
    final AtomicInteger failures = new AtomicInteger();
    volatile @Nullable Thread sweeper;

    WatchedStore(SettableClock clock) {
      super(clock, Capability.ATOMIC, Capability.WRITE_TIME);
    }

    @Override
    public Stream<String> keys(String prefix) {
      sweeper = Thread.currentThread();
      swept.countDown();
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("refused");
      }
      return super.keys(prefix);
    }

    Thread sweeper() {
      return Objects.requireNonNull(sweeper);
    }
  }

  private Storage<String> swept() {
    return VolatileStorage.builder(store.open())
        .owned()
        .expiration(Duration.ofSeconds(1))
        .clock(clock)
        .sweep(OFTEN)
        .build();
  }

  /** The sweeper runs all the time; a fresh value takes the place of one that has just expired. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void of3000FreshValuesTheSweepTakesNoneAlong(boolean byAge) {
    Storage<String> behind =
        byAge ? store.open() : LruStorage.builder(100).clock(clock).<String>build();
    try (Storage<String> storage =
        VolatileStorage.builder(behind)
            .owned()
            .expiration(Duration.ofSeconds(1))
            .clock(clock)
            .sweep(Duration.ofNanos(1))
            .build()) {
      for (int round = 0; round < 3000; round++) {
        String key = "k" + round % 7;
        storage.put(key, "v");
        clock.advance(Duration.ofSeconds(1));
        if (round % 100 == 0) {
          // The sweeper is at work; in most rounds it comes by beside the write, or not at all.
          Polling.until("the entry is swept", () -> behind.size() == 0);
        } else if (round % 2 == 0) {
          Thread.onSpinWait();
        }
        // Equal to the one that has expired, which is the hardest to tell from it.
        storage.put(key, "v");
        assertThat(storage.get(key)).as("round %d", round).contains("v");
      }
    }
  }

  @Test
  void expiredEntriesGoByThemselvesOnADaemonThreadThatEndsAtClose() throws Exception {
    Storage<String> storage = swept();
    storage.put("k", "v");
    store.swept.await();
    assertThat(store.read("k", Access.PEEK)).isNotNull();
    clock.advance(Duration.ofSeconds(1));
    Polling.until("the entry is swept", () -> store.read("k", Access.PEEK) == null);
    assertThat(store.sweeper().isDaemon()).isTrue();
    storage.close();
    store.sweeper().join();
    assertThat(store.closed).isTrue();
  }

  @Test
  void aSweepThatFailsIsLoggedAndFollowedByTheNext() throws Exception {
    CountDownLatch logged = new CountDownLatch(2);
    Logger logger = Logger.getLogger(Sweeper.class.getName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord event) {
            if (event.getThrown() instanceof StorageException) {
              logged.countDown();
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    store.failures.set(2);
    try (Storage<String> storage = swept()) {
      storage.put("k", "v");
      clock.advance(Duration.ofSeconds(1));
      logged.await();
      Polling.until("the entry is swept", () -> store.read("k", Access.PEEK) == null);
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void aStorageThatIsGivenUpWithoutBeingClosedEndsItsSweep() throws Exception {
    sweepForAWhile();
    while (store.sweeper().isAlive()) {
      System.gc();
      store.sweeper().join(10);
    }
    assertThat(store.closed).isFalse();
  }

  private void sweepForAWhile() throws InterruptedException {
    Storage<String> storage = swept();
    store.swept.await();
    assertThat(storage.contains("k")).isFalse();
  }

  @Test
  void anIntervalBeyondAllMeasureIsALongOne() {
    VolatileStorage.Builder<String> builder =
        VolatileStorage.<String>builder().sweep(Duration.ofSeconds(Long.MAX_VALUE));
    try (Storage<String> storage = builder.build()) {
      storage.put("k", "v");
      assertThat(storage.contains("k")).isTrue();
    }
  }

  @Test
  void deadlinesAreSweptToo() {
    try (Storage<String> storage =
        VolatileStorage.<String>builder()
            .expiration(Duration.ofSeconds(1))
            .clock(clock)
            .sweep(OFTEN)
            .build()) {
      storage.put("k", "v");
      clock.advance(Duration.ofSeconds(1));
      Polling.until("the entry is swept", () -> storage.size() == 0);
      assertThat(storage.keys()).isEmpty();
    }
  }
}
