package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.InvalidKeyException;
import io.jstorage.InvalidOptionException;
import io.jstorage.Version;
import io.jstorage.spi.Condition;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LruStorageTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SettableClock clock = new SettableClock();

  private LruStorage<String> ofLimit(int limit) {
    return LruStorage.builder(limit).clock(clock).build();
  }

  private LruStorage<String> ofLimit(int limit, boolean expiring) {
    return expiring
        ? LruStorage.builder(limit).clock(clock).expiration(SECOND).build()
        : ofLimit(limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void aLimitBelowOneIsRefused(int limit) {
    assertThatThrownBy(() -> LruStorage.ofLimit(limit))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("at least 1", "'" + limit + "'");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void anExpirationThatIsNotPositiveIsRefused(long nanos) {
    assertThatThrownBy(() -> LruStorage.builder(1).expiration(Duration.ofNanos(nanos)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("longer than zero");
  }

  @Test
  void theLargestLimitCostsNothingUntilItIsUsed() {
    LruStorage<String> storage = ofLimit(Integer.MAX_VALUE);
    storage.put("k", "v");
    assertThat(storage.get("k")).contains("v");
  }

  @Test
  void aLimitOfOneKeepsTheLast() {
    LruStorage<String> storage = ofLimit(1);
    storage.put("a", "1");
    storage.put("a", "2");
    storage.put("b", "1");
    assertThat(storage.keys()).containsExactly("b");
  }

  @Test
  void itHoldsTheObjectItself() {
    LruStorage<StringBuilder> storage = LruStorage.ofLimit(1);
    StringBuilder value = new StringBuilder();
    storage.put("k", value);
    assertThat(storage.require("k")).isSameAs(value);
  }

  @Test
  void itIsAtomicAndKeepsDeadlines() {
    assertThat(ofLimit(1).capabilities()).containsOnly(Capability.ATOMIC, Capability.EXPIRY);
  }

  @Test
  void aStringThatIsNoKeyIsReportedThoughOnlyMissesAreChecked() {
    LruStorage<String> storage = ofLimit(1);
    for (String key : List.of("", "\ud800", "k".repeat(1025))) {
      assertThatThrownBy(() -> storage.get(key)).isInstanceOf(InvalidKeyException.class);
      assertThat(storage.asMap().get(key)).isNull();
    }
    storage.put("k".repeat(1024), "v");
    assertThat(storage.get("k".repeat(1024))).contains("v");
  }

  @Test
  void everyWriteMakesAnotherVersion() {
    LruStorage<String> storage = ofLimit(2);
    storage.put("k", "v");
    Version first = versionOf(storage);
    storage.get("k");
    assertThat(versionOf(storage)).as("a use is no write").isEqualTo(first);
    storage.put("k", "v");
    assertThat(versionOf(storage)).isNotEqualTo(first);
    storage.remove("k");
    storage.put("k", "v");
    assertThat(storage.replace("k", first, "w")).isFalse();
    storage.clear();
    storage.put("k", "v");
    assertThat(storage.remove("k", first)).isFalse();
    assertThat(storage.remove("k", Version.parse(versionOf(storage).toString()))).isTrue();
  }

  private static Version versionOf(LruStorage<String> storage) {
    return storage.entry("k").flatMap(Entry::version).orElseThrow();
  }

  @Test
  void anEntryWithoutADeadlineTellsNone() {
    LruStorage<String> storage = ofLimit(2);
    storage.put("k", "v");
    assertThat(storage.entry("k").orElseThrow().expiresAt()).isEmpty();
    storage.put("k", "v", Duration.ofNanos(5));
    assertThat(storage.entry("k").orElseThrow().expiresAt()).contains(clock.instant().plusNanos(5));
  }

  @Test
  void itsOwnExpirationHoldsWhereAWriteSaysNothing() {
    LruStorage<String> storage = LruStorage.builder(10).clock(clock).expiration(SECOND).build();
    storage.put("own", "v");
    storage.put("longer", "v", Duration.ofSeconds(2));
    clock.advance(SECOND);
    assertThat(storage.contains("own")).isFalse();
    assertThat(storage.contains("longer")).isTrue();
  }

  @Test
  void theClockIsAskedForEntriesWithADeadlineOnly() {
    AtomicLong asked = new AtomicLong();
    LruStorage<String> storage =
        LruStorage.builder(2)
            .clock(
                () -> {
                  asked.incrementAndGet();
                  return clock.instant();
                })
            .build();
    storage.put("a", "v");
    storage.put("b", "v");
    storage.put("c", "v");
    storage.get("c");
    storage.entry("c");
    storage.contains("c");
    storage.remove("c");
    storage.purgeExpired();
    assertThat(asked).hasValue(0);
    storage.put("a", "v", SECOND);
    assertThat(asked).hasPositiveValue();
  }

  @Test
  void anAccessRemovesTheExpiredEntryAndNoOther() {
    LruStorage<String> storage = ofLimit(10);
    for (String key : List.of("get", "entry", "contains", "map", "remove", "other")) {
      storage.put(key, "v", SECOND);
    }
    clock.advance(SECOND);
    assertThat(storage.size()).isEqualTo(6);
    assertThat(storage.get("get")).isEmpty();
    assertThat(storage.size()).isEqualTo(5);
    assertThat(storage.entry("entry")).isEmpty();
    assertThat(storage.contains("contains")).isFalse();
    assertThat(storage.asMap().get("map")).isNull();
    assertThat(storage.remove("remove")).isFalse();
    assertThat(storage.keys()).containsExactly("other");
    assertThat(storage.purgeExpired()).isEqualTo(1);
    assertThat(storage.size()).isZero();
  }

  @Test
  void anExpiredEntryLeavesBeforeALiveOneHoweverOldThatIs() {
    LruStorage<String> storage = ofLimit(3);
    storage.put("oldest", "v");
    storage.put("middle", "v");
    storage.put("expired", "v", SECOND);
    clock.advance(SECOND);
    storage.put("new", "v");
    assertThat(storage.keys()).containsExactlyInAnyOrder("oldest", "middle", "new");
    storage.put("newer", "v");
    assertThat(storage.keys()).containsExactlyInAnyOrder("middle", "new", "newer");
  }

  @Test
  void overwritingAnExpiredEntryInAFullStorageDropsNobody() {
    LruStorage<String> storage = ofLimit(2);
    storage.put("live", "v");
    storage.put("k", "v", SECOND);
    clock.advance(SECOND);
    assertThat(storage.putIfAbsent("k", "w")).isTrue();
    assertThat(storage.keys()).containsExactlyInAnyOrder("live", "k");
  }

  @Test
  void aDeadlineBeyondTheCalendarIsTheLastDayOfIt() {
    LruStorage<String> storage = ofLimit(10);
    storage.put("forever", "v", Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
    storage.put("long", "v", Duration.ofDays(365 * 400));
    Instant last = Instant.ofEpochSecond(0, Long.MAX_VALUE);
    assertThat(storage.entry("forever").orElseThrow().expiresAt()).contains(last);
    clock.set(last.minusNanos(1));
    assertThat(storage.contains("forever")).isTrue();
    assertThat(storage.contains("long")).isTrue();
    clock.set(Instant.MAX);
    assertThat(storage.contains("forever")).isFalse();
    assertThat(storage.contains("long")).isFalse();
  }

  @Test
  void beforeTheCalendarBeginsNothingExpiresEarly() {
    clock.set(Instant.MIN);
    LruStorage<String> storage = ofLimit(10);
    storage.put("k", "v", SECOND);
    assertThat(storage.contains("k")).isTrue();
    clock.set(Instant.EPOCH);
    assertThat(storage.contains("k")).isFalse();
  }

  @Test
  void aClockSetBackProlongsLifeByAsMuchAndNoMore() {
    LruStorage<String> storage = ofLimit(10);
    storage.put("k", "v", SECOND);
    clock.advance(Duration.ofHours(-1));
    clock.advance(Duration.ofHours(1));
    assertThat(storage.contains("k")).isTrue();
    clock.advance(SECOND);
    assertThat(storage.contains("k")).isFalse();
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void keysMadeToCollideDoNotMakeItCrawl() {
    // Looked for one after the other, these would take some ten thousand million steps.
    List<String> keys = LruReadersTest.colliding(17);
    assertThat(keys.stream().mapToInt(String::hashCode).distinct().count()).isEqualTo(1);
    LruStorage<String> storage = ofLimit(keys.size());
    keys.forEach(key -> storage.put(key, key));
    keys.forEach(key -> assertThat(storage.asMap().get(key)).isSameAs(key));
    assertThat(storage.size()).isEqualTo(keys.size());
    storage.put("one more", "v");
    assertThat(storage.contains(keys.get(0))).as("the order has survived").isFalse();
    assertThat(storage.contains(keys.get(1))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theOrderOfUseSurvivesTheGrowthOfTheTable(boolean expiring) {
    int limit = 5_000;
    LruStorage<String> storage = ofLimit(limit, expiring);
    for (int i = 0; i < limit; i++) {
      storage.put("k" + i, "v");
      if (i == 600) {
        storage.getAll(List.of("k0", "k1"));
      }
    }
    putMany(storage, "new", 599);
    assertThat(storage.keys()).contains("k0", "k1", "k601").doesNotContain("k2", "k600");
    storage.put("one more", "v");
    assertThat(storage.keys()).contains("k1", "k601").doesNotContain("k0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theOrderOfUseSurvivesANewHash(boolean expiring) {
    int limit = 64;
    LruStorage<String> storage = ofLimit(limit, expiring);
    putMany(storage, "k", limit);
    storage.getAll(List.of("k0", "k1"));
    putMany(storage, "new", 3);
    assertThat(storage.table().requeues()).isEqualTo(2);
    LruReadersTest.colliding(5).forEach(key -> storage.put(key, "v"));
    assertThat(storage.keys()).contains("k0", "k1", "k37").doesNotContain("k2", "k36");
    putMany(storage, "newer", 27);
    assertThat(storage.keys()).contains("k0", "k1").doesNotContain("k63");
    storage.put("one more", "v");
    assertThat(storage.keys()).contains("k1").doesNotContain("k0");
  }

  private static void putMany(LruStorage<String> storage, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      storage.put(prefix + i, "v");
    }
  }

  @Test
  void keysAreListedLazily() {
    LruStorage<String> storage = ofLimit(10);
    storage.put("a1", "v");
    storage.put("a2", "v");
    storage.put("b", "v");
    try (Stream<String> keys = storage.keys("a")) {
      Iterator<String> each = keys.iterator();
      String first = each.next();
      storage.remove(first.equals("a1") ? "a2" : "a1");
      assertThat(each.hasNext()).isFalse();
    }
  }

  @Test
  void closingDropsTheEntriesAndEndsAllUse() {
    LruStorage<String> storage = ofLimit(10);
    storage.put("k", "v");
    storage.close();
    assertThat(storage.table().size()).isZero();
    assertThatThrownBy(() -> storage.get("k"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("LRU of 10", "closed");
    assertThatThrownBy(() -> storage.asMap().get("k")).isInstanceOf(IllegalStateException.class);
    // A write that has passed the first check when the storage is closed.
    assertThatThrownBy(() -> storage.table().put("k", "v", null, Condition.NONE))
        .isInstanceOf(IllegalStateException.class);
    assertThat(storage.table().size()).isZero();
  }
}
