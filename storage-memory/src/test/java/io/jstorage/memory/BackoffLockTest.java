package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.jvm.Polling;
import io.jstorage.jvm.Together;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class BackoffLockTest {
  private final BackoffLock lock = new BackoffLock();
  private long counter;

  @Test
  void oneThreadAtATimeHoldsIt() throws InterruptedException {
    int each = 200_000;
    Together.run(
        4,
        number -> {
          for (int i = 0; i < each; i++) {
            lock.lock();
            try {
              counter++;
            } finally {
              lock.unlock();
            }
          }
        });
    assertThat(counter).isEqualTo(4L * each);
  }

  @Test
  void aThreadThatWaitsLongSleepsAndIsWoken() throws InterruptedException {
    AtomicBoolean held = new AtomicBoolean();
    Thread waiting =
        new Thread(
            () -> {
              lock.lock();
              held.set(true);
              lock.unlock();
            });
    lock.lock();
    try {
      waiting.start();
      Polling.until("it sleeps", () -> waiting.getState() == Thread.State.WAITING);
      assertThat(held).isFalse();
      assertThat(lock.tryLock()).as("by its owner").isTrue();
      lock.unlock();
    } finally {
      lock.unlock();
    }
    waiting.join();
    assertThat(held).isTrue();
  }
}
