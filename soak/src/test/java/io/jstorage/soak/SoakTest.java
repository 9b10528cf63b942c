package io.jstorage.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every promise holds while everything goes on at once. {@code -Djstorage.soak=PT1H} says how long;
 * by default it is seconds.
 */
class SoakTest {
  private static final Duration TIME = Duration.parse(System.getProperty("jstorage.soak", "PT6S"));

  /** So long that what is loaded once is loaded. */
  private static final Duration WARM_UP = Duration.ofMillis(1500);

  private static final long SEED = Long.getLong("jstorage.soak.seed", System.nanoTime());

  @TempDir Path directory;

  @Test
  void nothingIsLostOrTornAndNothingLeaksWhileProcessesAndServersAreKilled() throws Exception {
    System.out.printf("-Djstorage.soak.seed=%d%n", SEED);
    Tally first = run("warm-up", WARM_UP);
    Resources before = Resources.settled();
    Tally tally = run("soak", TIME.minus(WARM_UP));
    Resources most =
        new Resources(
            before.files() + 10, before.threads() + 5, before.heapKilobytes() + (16 << 10));
    Resources after = Resources.settled();
    // On a busy machine, threads and connections end late.
    for (int i = 0; i < 60 && !after.isWithin(most); i++) {
      after = Resources.settled();
    }
    System.out.printf("%sbefore: %s%nafter:  %s%n", tally, before, after);

    assertThat(first.violations()).as("broken promises, seed %d", SEED).isEmpty();
    assertThat(tally.violations()).as("broken promises, seed %d", SEED).isEmpty();
    assertThat(after.isWithin(most))
        .as("%s, of which at most %s are expected", after, most)
        .isTrue();
  }

  private Tally run(String name, Duration time) throws Exception {
    return new Soak(Files.createDirectory(directory.resolve(name)), time, SEED).run();
  }
}
