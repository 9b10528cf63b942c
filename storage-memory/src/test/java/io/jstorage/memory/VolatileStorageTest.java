package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over storages with deadlines, and whatever is the same over all. */
class VolatileStorageTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SettableClock clock = new SettableClock();
  private final LruStorage<String> inner = LruStorage.builder(100).clock(clock).build();
  private final Storage<String> storage = VolatileStorage.over(inner, SECOND);

  @Test
  void everyKindOfWriteGetsTheExpiration() {
    storage.put("put", "v");
    storage.putAll(Map.of("putAll", "v"));
    storage.putIfAbsent("putIfAbsent", "v");
    storage.get("loader", key -> "v");
    inner.put("replace", "forever");
    storage.replace("replace", storage.entry("replace").orElseThrow().version().orElseThrow(), "v");
    storage.asMap().put("map.put", "v");
    storage.asMap().merge("map.merge", "v", String::concat);
    inner.put("setValue", "forever");
    storage.asMap().entrySet().stream()
        .filter(entry -> entry.getKey().equals("setValue"))
        .forEach(entry -> entry.setValue("v"));
    assertThat(storage.size()).isEqualTo(8);
    for (String key : storage.asMap().keySet()) {
      assertThat(inner.entry(key).flatMap(Entry::expiresAt))
          .as(key)
          .contains(clock.instant().plus(SECOND));
    }
    clock.advance(SECOND);
    assertThat(storage.asMap().values().stream()).isEmpty();
    assertThat(storage.purgeExpired()).isZero();
    assertThat(inner.size()).isZero();
  }

  @Test
  void aTimeToLiveOfItsOwnGoesBeforeTheExpiration() {
    storage.put("k", "v", Duration.ofMillis(1));
    storage.putIfAbsent("longer", "v", Duration.ofHours(1));
    clock.advance(SECOND);
    assertThat(storage.contains("k")).isFalse();
    assertThat(storage.contains("longer")).isTrue();
  }

  @Test
  void itCanDoWhatTheInnerOneCan() {
    assertThat(storage.capabilities()).isEqualTo(inner.capabilities());
    assertThat(storage.toString()).contains("LRU of 100", "PT1S");
  }

  @Test
  void byDefaultItStandsBeforeAMapOfItsOwnAndEntriesLiveForAnHour() {
    Storage<String> one = VolatileStorage.<String>builder().clock(clock).build();
    Storage<String> other = VolatileStorage.<String>builder().clock(clock).build();
    one.put("k", "v");
    assertThat(other.contains("k")).isFalse();
    for (int i = 0; i < 5_000; i++) {
      one.put("k" + i, "v");
    }
    assertThat(one.size()).isEqualTo(5_001);
    clock.advance(Duration.ofHours(1).minusNanos(1));
    assertThat(one.contains("k")).isTrue();
    clock.advance(Duration.ofNanos(1));
    assertThat(one.contains("k")).isFalse();
    assertThat(one.purgeExpired()).isEqualTo(5_000);
  }

  @Test
  void aBuilderThatIsUsedTwiceMakesTwoMaps() {
    VolatileStorage.Builder<String> builder = VolatileStorage.builder();
    Storage<String> one = builder.build();
    Storage<String> other = builder.build();
    one.put("k", "v");
    assertThat(other.contains("k")).isFalse();
  }

  @Test
  void overAStorageThatKnowsNoTimesItCannotBeMade() {
    Storage<String> timeless = new DatedStore(clock, Capability.ATOMIC).open();
    assertThatThrownBy(() -> VolatileStorage.over(timeless, SECOND))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("a dated map", "EXPIRY", "WRITE_TIME", "[ATOMIC]");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void timesThatAreNotPositiveAreRefused(long seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    for (var call :
        List.<ThrowingCallable>of(
            () -> VolatileStorage.over(inner, duration),
            () -> VolatileStorage.builder(inner).sweep(duration))) {
      assertThatThrownBy(call)
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("longer than zero");
    }
  }

  @Test
  void closingClosesTheInnerOneOnlyIfItWasHandedOver() {
    DatedStore borrowed = DatedStore.atomic(clock);
    VolatileStorage.over(borrowed.open(), SECOND).close();
    assertThat(borrowed.closed).isFalse();
    DatedStore handedOver = DatedStore.atomic(clock);
    VolatileStorage.builder(handedOver.open()).owned().build().close();
    assertThat(handedOver.closed).isTrue();
    assertThatThrownBy(
            () -> {
              storage.close();
              storage.get("k");
            })
        .isInstanceOf(IllegalStateException.class);
    inner.put("k", "v");
    assertThat(inner.contains("k")).isTrue();
  }

  @Test
  void cleaningUpNeverTakesAFreshValueAlong() throws Exception {
    FreshWrites.race(storage, clock, key -> storage.put(key, "v"));
  }

  @Test
  void aMapOfItsOwnDoesNotGrowWithWhatNobodyAsksForAgain() {
    SettableClock clock = new SettableClock();
    try (Storage<String> storage =
        VolatileStorage.<String>builder().expiration(Duration.ofSeconds(1)).clock(clock).build()) {
      for (int i = 0; i < 10_000; i++) {
        storage.put("k" + i, "v");
        clock.advance(Duration.ofMillis(100));
      }
      assertThat(storage.size()).isLessThanOrEqualTo(11);
    }
  }
}
