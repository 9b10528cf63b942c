package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.jvm.Polling;
import java.util.ArrayList;
import java.util.List;
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
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  lock.lock();
                  try {
                    counter++;
                  } finally {
                    lock.unlock();
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
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
