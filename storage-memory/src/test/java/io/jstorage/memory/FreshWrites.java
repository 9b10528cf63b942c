package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.function.Consumer;

/** Races between the clean-up of an expired entry and a fresh write of the same value. */
final class FreshWrites {
  private FreshWrites() {}

  /** The old value is to live for a second. */
  static void race(Storage<String> storage, SettableClock clock, Consumer<String> putOld)
      throws Exception {
    try (Together threads = new Together()) {
      for (int round = 0; round < 3_000; round++) {
        String key = "k" + round % 7;
        putOld.accept(key);
        clock.advance(Duration.ofSeconds(1));
        int way = round % 4;
        threads.run(
            2,
            number -> {
              if (number == 0) {
                storage.put(key, "v");
              } else if (way == 0) {
                storage.get(key);
              } else if (way == 1) {
                storage.contains(key);
              } else if (way == 2) {
                storage.entry(key);
              } else {
                storage.purgeExpired();
              }
            });
        assertThat(storage.get(key)).as("round %d", round).contains("v");
      }
    }
  }
}
