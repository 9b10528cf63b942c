package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Deadlines and values of one key hold together while others write and purge. */
interface ExpiryRaceContract extends StorageFixture {
  @Test
  @Promise(
      value = "The value and the deadline of an entry are those of one write.",
      lookAt = {"Store.readEntry", "Store.write"})
  default void valueAndDeadlineOfAnEntryAreThoseOfOneWrite() {
    Storage<String> storage = storage();
    Assume.has(storage, Capability.EXPIRY);
    Duration brief = Duration.ofHours(1);
    Duration lasting = Duration.ofDays(1);
    Instant between = (usesClock() ? clock().instant() : Instant.now()).plus(Duration.ofHours(12));
    storage.put("k", "brief", brief);
    AtomicInteger reading = new AtomicInteger(2);
    try (Race race = new Race(3)) {
      race.run(
          number -> {
            if (number == 0) {
              while (reading.get() > 0) {
                storage.put("k", "lasting", lasting);
                storage.put("k", "brief", brief);
              }
              return number;
            }
            try {
              for (int look = 0; look < rounds(); look++) {
                Entry<String> entry = storage.entry("k").orElseThrow();
                assertThat(entry.expiresAt().orElseThrow().isAfter(between))
                    .as("the deadline of '%s' is that of the lasting value", entry.value())
                    .isEqualTo(entry.value().equals("lasting"));
              }
            } finally {
              reading.decrementAndGet();
            }
            return number;
          });
    }
  }

  @Test
  @Promise(
      value = "A purge never removes a value that another opener of the place writes concurrently.",
      lookAt = {"Store.purgeExpired", "Store.write"})
  default void aPurgeTakesNoFreshValueOfAnotherOpener() {
    Assume.that(usesClock(), "expires in real time");
    Storage<String> storage = storage();
    Assume.has(storage, Capability.EXPIRY);
    Storage<String> another =
        Assume.given(FixtureMethods.call(() -> openAgain(clock())), "second object on one place");
    closeAfterwards(another);
    try (Race race = new Race(2)) {
      for (int round = 0; round < rounds(); round++) {
        storage.put("k", "same", shortTtl());
        clock().advance(shortTtl());
        race.run(
            number -> {
              if (number == 0) {
                storage.purgeExpired();
              } else {
                another.put("k", "same", Duration.ofDays(1));
              }
              return number;
            });
        assertThat(storage.get("k")).as("round %d", round).contains("same");
      }
    }
  }
}
