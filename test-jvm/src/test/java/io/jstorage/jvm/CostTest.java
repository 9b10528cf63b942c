package io.jstorage.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class CostTest {
  private byte[] array = {};
  private long sum;

  @Test
  void anArrayCostsItsBytes() {
    assertThat(Cost.of(() -> array = new byte[10 << 20]).allocatedBytes())
        .isBetween(10L << 20, 11L << 20);
    assertThat(array).hasSize(10 << 20);
  }

  @Test
  void workCostsTimeAndSleepDoesNot() {
    Duration slept = Duration.ofMillis(200);
    assertThat(Cost.of(() -> LockSupport.parkNanos(slept.toNanos())).processorTime())
        .isLessThan(slept);
    Cost busy = Cost.of(() -> sum = new Random(1).ints(1_000_000).asLongStream().sum());
    assertThat(sum).isNotZero();
    assertThat(busy.processorTime()).isPositive();
  }
}
