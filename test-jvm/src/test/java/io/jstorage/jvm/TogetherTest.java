package io.jstorage.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Threads work at the same time, and none fails or hangs unnoticed. */
class TogetherTest {
  @Test
  void allThreadsWorkAtTheSameTime() throws Exception {
    CyclicBarrier all = new CyclicBarrier(8);
    AtomicInteger sum = new AtomicInteger();
    Together.run(
        8,
        number -> {
          all.await();
          sum.addAndGet(number);
        });
    assertThat(sum).hasValue(28);
  }

  @Test
  void resultsAreInTheOrderOfTheNumbers() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    assertThat(
            Together.call(
                2,
                number -> {
                  if (number == 0) {
                    second.await();
                  } else {
                    second.countDown();
                  }
                  return "result " + number;
                }))
        .containsExactly("result 0", "result 1");
  }

  @Test
  void aFailureIsReportedAtOnceAndInterruptsTheOthers() throws Exception {
    IOException failure = new IOException("broken");
    CountDownLatch interrupted = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                Together.run(
                    2,
                    number -> {
                      if (number == 1) {
                        throw failure;
                      }
                      try {
                        new CountDownLatch(1).await();
                      } finally {
                        interrupted.countDown();
                      }
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("broken")
        .hasCause(failure);
    assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void threadsThatHangAreReported() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                Together.call(
                    3,
                    Duration.ofMillis(100),
                    number -> {
                      never.await();
                      return number;
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessage("3 of 3 threads are not done after PT0.1S");
  }
}
