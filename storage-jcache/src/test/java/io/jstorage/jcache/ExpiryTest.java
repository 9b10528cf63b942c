package io.jstorage.jcache;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deadlines in the storage, by a clock that the test sets. */
class ExpiryTest {
  private static final javax.cache.expiry.Duration TEN_MINUTES =
      new javax.cache.expiry.Duration(MINUTES, 10);

  private final SettableClock clock = new SettableClock();

  @TempDir Path directory;

  enum Where {
    MEMORY,
    FILES
  }

  private CacheManager manager(Where where) {
    return Managers.of(
        where == Where.MEMORY
            ? StorageOptions.of("service", "storage.lru", "limit", 100, "clock", clock)
            : StorageOptions.of("service", "storage.json", "path", directory + "/{cache}")
                .with("durability", "none")
                .with("expiration", "100d")
                .with("clock", clock));
  }

  private static Cache<String, String> cache(
      CacheManager manager, Factory<? extends ExpiryPolicy> policy) {
    return manager.createCache("strings", Managers.ofStrings().setExpiryPolicyFactory(policy));
  }

  private void advanceMinutes(long minutes) {
    clock.advance(Duration.ofMinutes(minutes));
  }

  private static @Nullable Instant deadline(Cache<String, String> cache, String key) {
    return storage(cache).entry(key).flatMap(Entry::expiresAt).orElse(null);
  }

  @ParameterizedTest
  @EnumSource
  void createdMeansThatUpdatesAndAccessesLeaveTheDeadline(Where where) {
    try (CacheManager manager = manager(where)) {
      Cache<String, String> cache = cache(manager, CreatedExpiryPolicy.factoryOf(TEN_MINUTES));
      cache.put("k", "1");
      Instant end = clock.instant().plus(Duration.ofMinutes(10));
      for (int i = 0; i < 100; i++) {
        clock.advance(Duration.ofSeconds(5));
        cache.put("k", "v" + i);
        cache.get("k");
        cache.replace("k", "w" + i);
        cache.invoke(
            "k",
            (entry, arguments) -> {
              entry.setValue(entry.getValue() + "!");
              return null;
            });
        assertThat(deadline(cache, "k")).isEqualTo(end);
      }
      clock.advance(Duration.between(clock.instant(), end).minusMillis(1));
      assertThat(cache.get("k")).isEqualTo("w99!");
      clock.advance(Duration.ofMillis(1));
      assertThat(cache.get("k")).isNull();
      assertThat(cache.containsKey("k")).isFalse();
      assertThat(cache.putIfAbsent("k", "2")).isTrue();
      assertThat(deadline(cache, "k")).isEqualTo(end.plus(Duration.ofMinutes(10)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void modifiedMeansThatUpdatesMoveTheDeadline(Where where) {
    try (CacheManager manager = manager(where)) {
      Cache<String, String> cache = cache(manager, ModifiedExpiryPolicy.factoryOf(TEN_MINUTES));
      cache.put("k", "1");
      advanceMinutes(9);
      assertThat(cache.get("k")).isEqualTo("1");
      cache.put("k", "2");
      advanceMinutes(9);
      assertThat(cache.getAndReplace("k", "3")).isEqualTo("2");
      advanceMinutes(9);
      assertThat(cache.get("k")).isEqualTo("3");
      advanceMinutes(1);
      assertThat(cache.get("k")).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accessedMeansThatAccessesMoveTheDeadlineAndUpdatesDoNot(Where where) {
    try (CacheManager manager = manager(where)) {
      Cache<String, String> cache = cache(manager, AccessedExpiryPolicy.factoryOf(TEN_MINUTES));
      cache.put("k", "1");
      advanceMinutes(9);
      assertThat(cache.get("k")).isEqualTo("1");
      advanceMinutes(9);
      assertThat(cache.getAll(Set.of("k", "l"))).isEqualTo(Map.of("k", "1"));
      advanceMinutes(9);
      assertThat(cache.iterator().next().getValue()).isEqualTo("1");
      advanceMinutes(5);
      cache.put("k", "2");
      assertThat(cache.containsKey("k")).isTrue();
      advanceMinutes(5);
      assertThat(cache.get("k")).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void touchedMeansThatBothMoveTheDeadline(Where where) {
    try (CacheManager manager = manager(where)) {
      Cache<String, String> cache = cache(manager, TouchedExpiryPolicy.factoryOf(TEN_MINUTES));
      cache.put("k", "1");
      advanceMinutes(9);
      assertThat(cache.get("k")).isEqualTo("1");
      advanceMinutes(9);
      cache.put("k", "2");
      advanceMinutes(9);
      assertThat(cache.<String>invoke("k", (entry, arguments) -> entry.getValue())).isEqualTo("2");
      advanceMinutes(9);
      assertThat(cache.containsKey("k")).isTrue();
      advanceMinutes(1);
      assertThat(cache.containsKey("k")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void eternalEntriesHaveTheDeadlineOfTheStorageIfAny(Where where) {
    try (CacheManager manager = manager(where)) {
      Cache<String, String> cache = cache(manager, EternalExpiryPolicy.factoryOf());
      cache.put("k", "1");
      assertThat(deadline(cache, "k"))
          .isEqualTo(where == Where.MEMORY ? null : clock.instant().plus(Duration.ofDays(100)));
    }
  }

  /** Answers what it is told to. */
  private static final class Policy implements ExpiryPolicy {
    private javax.cache.expiry.@Nullable Duration creation = TEN_MINUTES;
    private javax.cache.expiry.@Nullable Duration access;
    private javax.cache.expiry.@Nullable Duration update;
    private boolean fails;

    private javax.cache.expiry.@Nullable Duration answer(
        javax.cache.expiry.@Nullable Duration duration) {
      if (fails) {
        throw new IllegalStateException("a policy that fails");
      }
      return duration;
    }

    @Override
    public javax.cache.expiry.@Nullable Duration getExpiryForCreation() {
      return answer(creation);
    }

    @Override
    public javax.cache.expiry.@Nullable Duration getExpiryForAccess() {
      return answer(access);
    }

    @Override
    public javax.cache.expiry.@Nullable Duration getExpiryForUpdate() {
      return answer(update);
    }
  }

  @ParameterizedTest
  @EnumSource
  void zeroMeansThatAnEntryIsOverAtOnce(Where where) {
    try (CacheManager manager = manager(where)) {
      Policy policy = new Policy();
      Cache<String, String> cache = cache(manager, () -> policy);
      policy.creation = javax.cache.expiry.Duration.ZERO;
      cache.put("k", "1");
      assertThat(cache.putIfAbsent("k", "1")).isFalse();
      assertThat(cache.containsKey("k")).isFalse();
      policy.creation = javax.cache.expiry.Duration.ETERNAL;
      cache.put("k", "1");
      policy.update = javax.cache.expiry.Duration.ZERO;
      assertThat(cache.replace("k", "1", "2")).isTrue();
      assertThat(cache.containsKey("k")).isFalse();
      cache.put("k", "3");
      policy.access = javax.cache.expiry.Duration.ZERO;
      assertThat(cache.remove("k", "another")).isFalse();
      assertThat(cache.containsKey("k")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPolicyThatFailsOrSaysNothingLeavesDeadlinesAndMakesEternalEntries(Where where) {
    try (CacheManager manager = manager(where)) {
      Policy policy = new Policy();
      Cache<String, String> cache = cache(manager, () -> policy);
      cache.put("k", "1");
      Instant end = deadline(cache, "k");
      policy.fails = true;
      advanceMinutes(1);
      assertThat(cache.get("k")).isEqualTo("1");
      cache.put("k", "2");
      assertThat(deadline(cache, "k")).isEqualTo(end);
      cache.put("l", "1");
      policy.fails = false;
      policy.creation = null;
      cache.put("m", "1");
      advanceMinutes(1000);
      assertThat(cache.get("k")).isNull();
      assertThat(cache.getAll(Set.of("k", "l", "m")).keySet()).containsExactlyInAnyOrder("l", "m");
    }
  }

  @ParameterizedTest
  @EnumSource
  void enormousDurationsAreEternal(Where where) {
    try (CacheManager manager = manager(where)) {
      Policy policy = new Policy();
      policy.creation = new javax.cache.expiry.Duration(MINUTES, Long.MAX_VALUE);
      Cache<String, String> cache = cache(manager, () -> policy);
      cache.put("k", "1");
      clock.advance(Duration.ofDays(99));
      assertThat(cache.get("k")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPutAfterTheDeadlineByThisClockMakesANewEntry(Where where) {
    try (CacheManager manager = manager(where)) {
      Cache<String, String> cache = cache(manager, CreatedExpiryPolicy.factoryOf(TEN_MINUTES));
      // As one whose clock was behind has left it: for the storage it is still there.
      storage(cache)
          .put("k", new Stored<>("k", clock.instant().minusMillis(1), "old"), Duration.ofHours(1));
      assertThat(cache.getAndPut("k", "new")).isNull();
      assertThat(deadline(cache, "k")).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
      assertThat(cache.get("k")).isEqualTo("new");
    }
  }

  @SuppressWarnings("unchecked")
  private static Storage<Stored<Object>> storage(Cache<String, String> cache) {
    return cache.unwrap(Storage.class);
  }
}
