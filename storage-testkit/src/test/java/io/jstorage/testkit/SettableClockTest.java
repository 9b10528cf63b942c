package io.jstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettableClockTest {
  @Test
  void itMovesOnlyWhenItIsTold() throws Exception {
    SettableClock clock = new SettableClock(Instant.EPOCH);
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    try (Race race = new Race(8)) {
      race.run(
          number -> {
            for (int i = 0; i < 1_000; i++) {
              clock.advance(Duration.ofNanos(1));
            }
            return number;
          });
    }
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plusNanos(8_000));
    clock.set(Instant.EPOCH);
    assertThat(clock).hasToString("SettableClock[1970-01-01T00:00:00Z]");
  }
}
