package io.jstorage.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LatchesTest {
  @Test
  void aLatchIsWaitedForUntilItIsReleased() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(1);
    Thread releasing = new Thread(latch::countDown);
    releasing.start();
    Latches.await(latch);
    assertThat(latch.getCount()).isZero();
    releasing.join();
  }

  @Test
  void anInterruptFailsTheTestAndIsKept() {
    CountDownLatch latch = new CountDownLatch(1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Latches.await(latch))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Count = 1");
    assertThat(Thread.interrupted()).isTrue();
  }
}
