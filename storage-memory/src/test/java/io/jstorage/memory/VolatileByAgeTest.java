package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.BatchException;
import io.jstorage.Capability;
import io.jstorage.CodecException;
import io.jstorage.Entry;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.jvm.Together;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;

/** Over storages that keep write times only. */
class VolatileByAgeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SettableClock clock = new SettableClock();
  private final DatedStore store = DatedStore.atomic(clock);
  private final Storage<String> inner = store.open();
  private final Storage<String> storage = over(inner);

  private Storage<String> over(Storage<String> dated) {
    return VolatileStorage.builder(dated).expiration(SECOND).clock(clock).build();
  }

  @Test
  void itHasOneExpirationAndNoTimesToLive() {
    assertThat(storage.capabilities()).containsOnly(Capability.ATOMIC, Capability.WRITE_TIME);
    assertThatThrownBy(() -> storage.put("k", "v", SECOND))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("EXPIRY");
  }

  @Test
  void theAgeDecidesWhoeverWrote() {
    inner.put("k", "v");
    assertThat(storage.entry("k").orElseThrow().expiresAt()).contains(clock.instant().plus(SECOND));
    clock.advance(SECOND.minusNanos(1));
    assertThat(storage.get("k")).contains("v");
    clock.advance(Duration.ofNanos(1));
    assertThat(storage.get("k")).isEmpty();
  }

  @Test
  void everyWayOfAskingSeesItGoneAndRemovesIt() {
    List<String> keys = List.of("get", "entry", "contains", "getAll", "map", "containsKey", "list");
    keys.forEach(key -> storage.put(key, "v"));
    clock.advance(SECOND);
    ConcurrentMap<String, String> map = storage.asMap();
    assertThat(storage.get("get")).isEmpty();
    assertThat(storage.entry("entry")).isEmpty();
    assertThat(storage.contains("contains")).isFalse();
    assertThat(storage.getAll(List.of("getAll"))).isEmpty();
    assertThat(map.get("map")).isNull();
    assertThat(map.containsKey("containsKey")).isFalse();
    assertThat(inner.keys()).as("an access cleans up no other key").containsExactly("list");
    assertThat(map.entrySet().stream()).isEmpty();
    assertThat(inner.size()).isZero();
  }

  @Test
  void anExpiredEntryIsNotInTheWay() {
    storage.put("k", "old");
    Version old = versionOf("k");
    clock.advance(SECOND);
    assertThat(storage.replace("k", old, "w")).isFalse();
    storage.put("k", "old");
    old = versionOf("k");
    clock.advance(SECOND);
    assertThat(storage.remove("k", old)).isFalse();
    storage.put("k", "old");
    clock.advance(SECOND);
    assertThat(storage.remove("k")).isFalse();
    assertThat(inner.contains("k")).isFalse();
    storage.put("k", "old");
    clock.advance(SECOND);
    assertThat(storage.putIfAbsent("k", "new")).isTrue();
    assertThat(storage.putIfAbsent("k", "newer")).isFalse();
    assertThat(storage.get("k", key -> "loaded")).isEqualTo("new");
    clock.advance(SECOND);
    assertThat(storage.get("k", key -> "loaded")).isEqualTo("loaded");
    assertThat(storage.replace("k", versionOf("k"), "replaced")).isTrue();
    assertThat(storage.remove("k", versionOf("k"))).isTrue();
    assertThat(storage.remove("k")).isFalse();
  }

  private Version versionOf(String key) {
    return storage.entry(key).flatMap(Entry::version).orElseThrow();
  }

  @Test
  void ofAllWhoTakeThePlaceOfAnExpiredEntryOneWins() throws Exception {
    for (int round = 0; round < 500; round++) {
      storage.put("k", "old");
      clock.advance(SECOND);
      boolean[] won = new boolean[4];
      Together.run(4, number -> won[number] = storage.putIfAbsent("k", "new" + number));
      String winner = storage.require("k");
      for (int number = 0; number < won.length; number++) {
        assertThat(won[number]).isEqualTo(winner.equals("new" + number));
      }
    }
  }

  @Test
  void purgingRemovesWhatIsOldAndNothingElse() {
    storage.putAll(Map.of("a", "v", "b", "v"));
    clock.advance(SECOND);
    storage.put("fresh", "v");
    assertThat(storage.keys()).contains("a", "b", "fresh");
    assertThat(storage.purgeExpired()).isEqualTo(2);
    assertThat(inner.keys()).containsExactly("fresh");
    assertThat(storage.purgeExpired()).isZero();
  }

  @Test
  void aStorageThatIsNotAtomicKeepsExpiredEntries() {
    Storage<String> plain = DatedStore.notAtomic(clock).open();
    Storage<String> volatiles = over(plain);
    volatiles.put("k", "v");
    clock.advance(SECOND);
    assertThat(volatiles.get("k")).isEmpty();
    assertThat(volatiles.remove("k")).isFalse();
    assertThat(plain.contains("k")).isTrue();
    assertThatThrownBy(volatiles::purgeExpired)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("ATOMIC");
    assertThatThrownBy(() -> VolatileStorage.builder(plain).sweep(SECOND).build())
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("a dated map", "ATOMIC", "sweep");
    assertThat(volatiles.get("k", key -> "loaded")).isEqualTo("loaded");
    assertThat(volatiles.get("k")).contains("loaded");
    assertThat(volatiles.remove("k")).isTrue();
  }

  @Test
  void aStoreThatCannotLetGoStillShowsNothingExpired() {
    storage.put("k", "v");
    clock.advance(SECOND);
    store.readOnly = true;
    assertThat(storage.get("k")).isEmpty();
    assertThat(storage.contains("k")).isFalse();
    assertThat(inner.contains("k")).isTrue();
    assertThatThrownBy(storage::purgeExpired).hasMessageContaining("read-only");
  }

  @Test
  void anUndecodableValueFailsForItsKeyAloneAndCanBeRepaired() {
    storage.put("good", "v");
    store.damage("bad");
    store.damage("worse");
    assertThatThrownBy(() -> storage.get("bad")).isInstanceOf(CodecException.class);
    assertThat(
            catchThrowableOfType(
                    BatchException.class, () -> storage.getAll(List.of("good", "bad", "worse")))
                .failures())
        .containsOnlyKeys("bad", "worse");
    assertThat(storage.remove("bad")).isTrue();
    storage.put("worse", "mended");
    assertThat(storage.getAll(List.of("good", "bad", "worse")).values())
        .containsExactly("v", "mended");
    store.damage("ageless");
    clock.advance(SECOND);
    assertThat(storage.purgeExpired()).isEqualTo(2);
    assertThat(inner.keys()).containsExactly("ageless");
  }

  @Test
  void aSumBeyondTheCalendarIsItsLastDay() {
    Storage<String> forever =
        VolatileStorage.builder(inner)
            .expiration(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))
            .clock(clock)
            .build();
    forever.put("k", "v");
    clock.set(Instant.MAX.minusNanos(1));
    assertThat(forever.contains("k")).isTrue();
    clock.set(Instant.MAX);
    assertThat(forever.contains("k")).isFalse();
  }

  @Test
  void aClockSetBackProlongsLifeByAsMuchAndNoMore() {
    storage.put("k", "v");
    Instant written = clock.instant();
    clock.advance(Duration.ofHours(-1));
    assertThat(storage.contains("k")).isTrue();
    clock.set(written.plus(SECOND));
    assertThat(storage.contains("k")).isFalse();
  }

  @Test
  void cleaningUpNeverTakesAFreshValueAlong() throws Exception {
    FreshWrites.race(storage, clock, key -> storage.put(key, "v"));
  }

  @Test
  void cleaningUpNeverTakesAlongWhatIsWrittenMeanwhile() {
    FreshWrites.InterruptingClock interrupting = new FreshWrites.InterruptingClock(clock);
    Storage<String> interrupted =
        VolatileStorage.builder(inner).expiration(SECOND).clock(interrupting).build();
    FreshWrites.interrupt(
        interrupted,
        clock,
        interrupting,
        key -> interrupted.put(key, "v"),
        List.of(
            each -> each.get("k"),
            each -> each.contains("k"),
            each -> each.entry("k"),
            each -> each.asMap().get("k"),
            each -> each.getAll(List.of("k")),
            each -> each.remove("k"),
            each -> assertThat(each.putIfAbsent("k", "late")).isFalse(),
            Storage::purgeExpired));
  }
}
