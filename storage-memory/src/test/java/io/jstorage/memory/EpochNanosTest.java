package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class EpochNanosTest {
  private static boolean hasPassed(Instant deadline, Instant now) {
    return EpochNanos.hasPassed(EpochNanos.of(deadline), InstantSource.fixed(now));
  }

  @Test
  void aDeadlineHasPassedFromItsVeryNanosecondOn() {
    for (long nanos : new long[] {0, 1, 999_999, 1_000_000, 1_000_001, 1_999_999, -1, -1_000_000}) {
      Instant deadline = Instant.ofEpochSecond(0, nanos);
      assertThat(hasPassed(deadline, deadline.minusNanos(1))).isFalse();
      assertThat(hasPassed(deadline, deadline)).isTrue();
      assertThat(hasPassed(deadline, deadline.plusNanos(1))).isTrue();
    }
  }

  @Test
  void clocksThatMillisecondsDoNotReachAreBeforeOrAfterAllDeadlines() {
    assertThat(hasPassed(Instant.EPOCH, Instant.MAX)).isTrue();
    assertThat(hasPassed(Instant.EPOCH, Instant.MIN)).isFalse();
  }
}
