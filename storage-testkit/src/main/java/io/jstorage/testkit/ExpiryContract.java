package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * An entry past its deadline does not exist for any caller, and its removal never removes a fresh
 * one: for {@link Capability#EXPIRY}. Also {@link Capability#WRITE_TIME}.
 */
interface ExpiryContract extends StorageFixture {
  @Test
  @Promise("An entry exists until its deadline, and from then on not, for every way of asking.")
  default void anEntryIsGoneAtItsDeadline() {
    Storage<String> storage = expiring();
    storage.put("k", "v", shortTtl());
    if (usesClock()) {
      clock().advance(shortTtl().minusMillis(1));
      assertThat(storage.get("k")).as("a millisecond before").contains("v");
      assertThat(storage.contains("k")).isTrue();
      clock().advance(Duration.ofMillis(1));
    } else {
      Expiries.pass(this, shortTtl());
    }
    Expiries.assertGone(storage, "k");
  }

  @Test
  @Promise(
      value = "putAll with a time to live gives it to each of its entries.",
      lookAt = {"Store.writeAll", "Store.read"})
  default void theEntriesOfABatchAreGoneAtTheirDeadline() {
    Storage<String> storage = expiring();
    storage.putAll(Map.of("a", "v", "b", "v"), shortTtl());
    Expiries.pass(this, shortTtl());
    Expiries.assertGone(storage, "a");
    Expiries.assertGone(storage, "b");
  }

  @Test
  @Promise("remove returns false for an entry past its deadline.")
  default void removingWhatHasExpiredIsFalse() {
    Storage<String> storage = expiring();
    storage.put("k", "v", shortTtl());
    Expiries.pass(this, shortTtl());
    assertThat(storage.remove("k")).isFalse();
  }

  @Test
  @Promise("The deadline of one key is no other's.")
  default void otherEntriesStay() {
    Storage<String> storage = expiring();
    storage.put("short", "v", shortTtl());
    storage.put("long", "v", Duration.ofDays(1));
    storage.put("plain", "v");
    Expiries.pass(this, shortTtl());
    assertThat(storage.get("short")).isEmpty();
    assertThat(storage.get("long")).contains("v");
    if (expiration().isEmpty()) {
      assertThat(storage.get("plain")).contains("v");
    }
  }

  @Test
  @Promise(
      value =
          "Each write sets the deadline again: by its own time to live, by the storage's, or "
              + "to none.",
      lookAt = {"Store.write"})
  default void everyWriteSetsTheDeadlineAnew() {
    Storage<String> storage = expiring();
    storage.put("longer", "v", shortTtl());
    storage.put("longer", "v", Duration.ofDays(1));
    storage.put("shorter", "v", Duration.ofDays(1));
    storage.put("shorter", "v", shortTtl());
    storage.put("unlimited", "v", shortTtl());
    storage.put("unlimited", "v");
    Expiries.pass(this, shortTtl());
    assertThat(storage.get("longer")).contains("v");
    assertThat(storage.get("shorter")).isEmpty();
    if (expiration().map(own -> own.compareTo(shortTtl()) > 0).orElse(true)) {
      assertThat(storage.get("unlimited")).contains("v");
    }
  }

  @Test
  @Promise(
      "A time to live of zero or less is refused by IllegalArgumentException, and nothing is "
          + "changed.")
  @SuppressWarnings("NullAway") // Null is among what is tried.
  default void aTimeToLiveThatIsNotPositiveIsRefused() {
    Storage<String> storage = expiring();
    storage.put("k", "v");
    for (Duration ttl :
        List.of(
            Duration.ZERO,
            Duration.ofNanos(-1),
            Duration.ofHours(-1),
            Duration.ofSeconds(Long.MIN_VALUE))) {
      assertThatThrownBy(() -> storage.put("k", "w", ttl))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> storage.putAll(Map.of("k", "w", "absent", "w"), ttl))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> storage.putAll(Map.of("k", "w", "absent", "w"), ttl))
          .isInstanceOf(IllegalArgumentException.class);
      if (Expiries.isAtomic(storage)) {
        assertThatThrownBy(() -> storage.putIfAbsent("absent", "w", ttl))
            .isInstanceOf(IllegalArgumentException.class);
        Version version = storage.entry("k").flatMap(Entry::version).orElseThrow();
        assertThatThrownBy(() -> storage.replace("k", version, "w", ttl))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThatThrownBy(() -> storage.put("k", "w", null)).isInstanceOf(NullPointerException.class);
    assertThat(storage.get("k")).contains("v");
    assertThat(Calls.keysOf(storage)).containsExactly("k");
  }

  @Test
  @Promise(
      value =
          "However long a time to live is, the deadline lies in the future: a sum that "
              + "overflows is the latest deadline there is.",
      lookAt = {"Store.write"})
  default void aHugeTimeToLiveIsALongOne() {
    Storage<String> storage = expiring();
    List<Duration> huge =
        List.of(
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofMillis(Long.MAX_VALUE),
            Duration.ofNanos(Long.MAX_VALUE),
            Duration.ofDays(365L * 10_000));
    for (int i = 0; i < huge.size(); i++) {
      storage.put("k" + i, "v", huge.get(i));
    }
    Expiries.pass(this, shortTtl());
    if (usesClock()) {
      clock().advance(Duration.ofDays(365 * 50));
    }
    for (int i = 0; i < huge.size(); i++) {
      assertThat(storage.get("k" + i)).as("after a ttl of %s", huge.get(i)).contains("v");
    }
  }

  @Test
  @Promise("At any time of the clock, an entry exists before its deadline and not from it on.")
  default void aClockThatJumpsNeitherKeepsNorTakesAnything() {
    Assume.that(usesClock(), "expires in real time");
    Storage<String> storage = expiring();
    Duration ttl = Duration.ofMinutes(1);
    for (String start :
        List.of("1902-06-01T00:00:00Z", "1970-01-01T00:00:00Z", "2199-12-31T00:00:00Z")) {
      Instant written = Instant.parse(start);
      clock().set(written);
      storage.put("k", "v", ttl);
      for (Duration back : List.of(Duration.ofSeconds(1), Duration.ofDays(365 * 30))) {
        clock().set(written.minus(back));
        assertThat(storage.get("k")).as("set back by %s from %s", back, start).contains("v");
      }
      clock().set(written.plus(ttl).minusNanos(1));
      assertThat(storage.get("k")).as("just before its deadline, from %s", start).contains("v");
      clock().set(written.plus(Duration.ofDays(365 * 20)));
      Expiries.assertGone(storage, "k");
      clock().set(written);
      storage.put("k", "again", ttl);
      assertThat(storage.get("k")).contains("again");
      clock().set(written.plus(ttl));
      Expiries.assertGone(storage, "k");
    }
  }

  @Test
  @Promise(
      value = "A time to live of a millisecond is not rounded to nothing.",
      lookAt = {"Store.write"})
  default void aTimeToLiveOfAMillisecondIsNotZero() {
    Assume.that(usesClock(), "expires in real time");
    Storage<String> storage = expiring();
    storage.put("k", "v", Duration.ofMillis(1));
    assertThat(storage.get("k")).contains("v");
    clock().advance(Duration.ofMillis(1));
    Expiries.assertGone(storage, "k");
  }

  @Test
  @Promise("entry returns the deadline of an entry that has one.")
  default void anEntryTellsItsDeadline() {
    Storage<String> storage = expiring();
    Instant before = usesClock() ? clock().instant() : Instant.now();
    storage.put("k", "v", Duration.ofHours(1));
    assertThat(storage.entry("k").flatMap(Entry::expiresAt).orElseThrow())
        .isCloseTo(
            before.plus(Duration.ofHours(1)), within(usesClock() ? 1 : 10_000, ChronoUnit.MILLIS));
  }

  @Test
  @Promise("An entry past its deadline counts as absent for conditional writes and removals.")
  default void conditionsSeeNoExpiredEntry() {
    Storage<String> storage = expiring();
    Assume.has(storage, Capability.ATOMIC);
    Version old =
        Expiries.inTime(
            this,
            () -> {
              storage.put("k", "old", shortTtl());
              return storage.entry("k").flatMap(Entry::version);
            });
    Expiries.pass(this, shortTtl());
    assertThat(storage.replace("k", old, "replaced")).as("replace what has expired").isFalse();
    assertThat(storage.remove("k", old)).as("remove what has expired").isFalse();
    assertThat(storage.putIfAbsent("k", "new")).isTrue();
    assertThat(storage.get("k")).contains("new");
    assertThat(storage.putIfAbsent("k", "newer")).isFalse();
  }

  @Test
  @Promise("putIfAbsent and replace take a time to live too.")
  default void conditionalWritesTakeATimeToLive() {
    Storage<String> storage = expiring();
    Assume.has(storage, Capability.ATOMIC);
    assertThat(storage.putIfAbsent("k", "v", shortTtl())).isTrue();
    String replaced =
        Expiries.inTime(
            this,
            () -> {
              storage.put("replaced", "v");
              Version version = storage.entry("replaced").flatMap(Entry::version).orElseThrow();
              assertThat(storage.replace("replaced", version, "w", shortTtl())).isTrue();
              return storage.get("replaced");
            });
    assertThat(replaced).isEqualTo("w");
    Expiries.pass(this, shortTtl());
    Expiries.assertGone(storage, "k");
    Expiries.assertGone(storage, "replaced");
  }

  @Test
  @Promise("Of all callers that putIfAbsent where an entry has expired, exactly one gets true.")
  default void aRaceForThePlaceOfAnExpiredEntryHasOneWinner() {
    Assume.that(usesClock(), "expires in real time");
    Storage<String> storage = expiring();
    Assume.has(storage, Capability.ATOMIC);
    try (Race race = new Race(threads())) {
      for (int round = 0; round < rounds(); round++) {
        storage.put("k", "same", shortTtl());
        Expiries.pass(this, shortTtl());
        List<Boolean> won = race.run(number -> storage.putIfAbsent("k", "same"));
        assertThat(won).as("winners").containsOnlyOnce(true);
        assertThat(storage.get("k")).contains("same");
      }
    }
  }

  @Test
  @Promise(
      value = "Cleaning up what has expired never removes a value that was written concurrently.",
      lookAt = {"Store.purgeExpired", "Store.read", "Store.readEntry"})
  default void cleaningUpNeverRemovesAFreshValue() {
    Assume.that(usesClock(), "expires in real time");
    Storage<String> storage = expiring();
    Expiries.assertFreshValuesSurvive(
        this, storage, () -> storage.put("k", "old", shortTtl()), shortTtl(), "new");
  }

  @Test
  @Promise(
      value =
          "Cleaning up what has expired never removes a value that was written concurrently, "
              + "even one of the same bytes: comparing bytes is not enough.",
      lookAt = {"Store.purgeExpired", "Store.read", "Store.readEntry"})
  default void cleaningUpNeverRemovesAFreshValueThatEqualsTheOldOne() {
    Assume.that(usesClock(), "expires in real time");
    Storage<String> storage = expiring();
    Expiries.assertFreshValuesSurvive(
        this, storage, () -> storage.put("k", "same", shortTtl()), shortTtl(), "same");
  }

  @Test
  @Promise(
      "purgeExpired removes what has expired and nothing else; afterwards size counts what "
          + "exists.")
  default void purgingRemovesWhatHasExpired() {
    Storage<String> storage = expiring();
    for (int i = 0; i < 10; i++) {
      storage.put("short-" + i, "v", shortTtl());
      storage.put("long-" + i, "v", Duration.ofDays(1));
    }
    assertThat(storage.purgeExpired()).as("before any deadline").isZero();
    Expiries.pass(this, shortTtl());
    assertThat(storage.get("short-0")).isEmpty();
    long purged = storage.purgeExpired();
    if (usesClock()) {
      assertThat(purged).as("an access cleans up no other key").isBetween(9L, 10L);
    }
    assertThat(storage.purgeExpired()).isZero();
    assertThat(storage.size()).isEqualTo(10);
    assertThat(Calls.keysOf(storage)).hasSize(10).allMatch(key -> key.startsWith("long-"));
  }

  @Test
  @Promise("An entry that was written without a time to live stays.")
  default void entriesWithoutADeadlineStay() {
    Assume.that(usesClock(), "expires in real time");
    Storage<String> storage = storage();
    Assume.that(expiration().isEmpty(), "expires by itself");
    storage.put("k", "v");
    clock().advance(Duration.ofDays(365 * 50));
    assertThat(storage.get("k")).contains("v");
    assertThat(storage.contains("k")).isTrue();
  }

  @Test
  @Promise("With Capability.WRITE_TIME, entry returns when the entry was written.")
  default void anEntryTellsWhenItWasWritten() {
    Storage<String> storage = storage();
    Assume.has(storage, Capability.WRITE_TIME);
    for (String value : List.of("first", "second")) {
      if (usesClock()) {
        clock().advance(Duration.ofMinutes(1));
      }
      Instant now = usesClock() ? clock().instant() : Instant.now();
      storage.put("k", value);
      assertThat(storage.entry("k").flatMap(Entry::writtenAt).orElseThrow())
          .isCloseTo(now, within(usesClock() ? 1 : 10, ChronoUnit.SECONDS));
    }
  }

  private Storage<String> expiring() {
    Storage<String> storage = storage();
    Assume.has(storage, Capability.EXPIRY);
    return storage;
  }
}
