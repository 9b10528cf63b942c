package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Storages;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** With a short limit, so that a stall shows soon. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class StallDetectorTest {
  @BeforeEach
  void beImpatient() {
    System.setProperty(StallDetector.PROPERTY, "PT0.3S");
  }

  @AfterEach
  void calmDown() {
    System.clearProperty(StallDetector.PROPERTY);
  }

  /** Twenty times as long as the limit, by the number of its own waits. */
  @Test
  void progressIsWaitedForHoweverLongItTakes() {
    AtomicInteger waits = new AtomicInteger();
    StallDetector.until(millis -> waits.incrementAndGet() > 60, waits::get, () -> "never");
    assertThat(waits).hasValue(61);
  }

  @Test
  void aLongStallEndsTheWait() {
    AtomicInteger waits = new AtomicInteger();
    assertThatThrownBy(
            () ->
                StallDetector.until(
                    millis -> {
                      waits.incrementAndGet();
                      return false;
                    },
                    () -> Math.min(waits.get(), 10),
                    () -> "the door is shut"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("nothing has moved for PT0.3S: the door is shut");
    assertThat(waits).hasValueBetween(12, 16);
  }

  @Test
  void aThreadThatHangsIsNamedWithItsCall() {
    CountDownLatch never = new CountDownLatch(1);
    Storage<String> storage =
        TracingProxy.storage(
            Storages.of(
                new MapByteStore() {
                  @Override
                  public boolean delete(String key, Condition condition) {
                    if (key.equals("hangs")) {
                      uninterruptibly(never);
                    }
                    return super.delete(key, condition);
                  }
                },
                Codecs.text()));
    try {
      Throwable failure = hang(storage);
      // Another thread may not be done either, after a pause of the machine.
      for (int i = 0; i < 20 && !String.valueOf(failure).contains("2 of 3"); i++) {
        failure = hang(storage);
      }
      assertThat(failure)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("2 of 3 threads are done")
          .hasMessageContaining("thread 1, after 1 calls, is in remove('hangs')")
          .hasMessageContaining("uninterruptibly");
    } finally {
      never.countDown();
    }
  }

  private static Throwable hang(Storage<String> storage) {
    try (Race race = new Race(3)) {
      return catchThrowable(
          () ->
              race.run(
                  number -> {
                    storage.put("k", "v");
                    return storage.remove(number == 1 ? "hangs" : "k" + number);
                  }));
    }
  }

  private static void uninterruptibly(CountDownLatch latch) {
    boolean waited = false;
    while (!waited) {
      try {
        latch.await();
        waited = true;
      } catch (InterruptedException e) {
        // It hangs whatever others want.
      }
    }
  }

  @Test
  void aLatchThatNobodyCountsDownIsGivenUp() {
    assertThatThrownBy(() -> Race.await(new CountDownLatch(2)))
        .hasMessageContaining("2 steps of other threads");
  }

  @Test
  void invalidDurationsAreRefused() {
    System.setProperty(StallDetector.PROPERTY, "soon");
    assertThatThrownBy(() -> Race.await(new CountDownLatch(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(StallDetector.PROPERTY, "PT5M", "'soon'");
  }
}
