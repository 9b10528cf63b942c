package io.jstorage.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DurationsTest {
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void theFirstBelowTheBoundEndsTheMeasuring() throws Exception {
    Duration shortest =
        Durations.shortest(
            Duration.ofSeconds(3), () -> Duration.ofSeconds(5 - calls.getAndIncrement()));
    assertThat(shortest).isEqualTo(Duration.ofSeconds(2));
    assertThat(calls).hasValue(4);
  }

  @Test
  void theShortestOfTenIsReturnedIfNoneIsBelowTheBound() throws Exception {
    Duration shortest =
        Durations.shortest(
            Duration.ofSeconds(1), () -> Duration.ofSeconds(2 + calls.getAndIncrement() % 3));
    assertThat(shortest).isEqualTo(Duration.ofSeconds(2));
    assertThat(calls).hasValue(10);
  }

  @Test
  void theDurationOfATaskIsItsTime() throws Exception {
    Duration longer = Durations.of(() -> Thread.sleep(20));
    assertThat(longer).isGreaterThanOrEqualTo(Duration.ofMillis(20));
  }
}
