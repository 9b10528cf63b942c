package io.jstorage.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.memory.LruStorage;
import io.jstorage.memory.VolatileStorage;
import io.jstorage.policy.ReadOnlyStorage;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.PolicyStack;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which calls go to the far storage, and what is kept of their answers. */
class NearStorageTest {
  private final SettableClock clock = new SettableClock();
  private final CountedFar far = new CountedFar(LruStorage.builder(1_000).clock(clock).build());
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private NearStorage<String> open(NearStorage.Builder<String> builder) {
    NearStorage<String> near = builder.clock(clock).build();
    opened.add(near);
    return near;
  }

  private NearStorage<String> near() {
    return open(NearStorage.builder(far.storage()));
  }

  @Test
  void aValueIsAskedForOnce() {
    Storage<String> near = near();
    far.plain().put("k", "v");
    for (int i = 0; i < 3; i++) {
      assertThat(near.get("k")).contains("v");
      assertThat(near.require("k")).isEqualTo("v");
      assertThat(near.contains("k")).isTrue();
      assertThat(near.asMap().get("k")).isEqualTo("v");
      assertThat(near.getAll(List.of("k"))).isEqualTo(Map.of("k", "v"));
      assertThat(near.<RuntimeException>get("k", key -> "not called")).isEqualTo("v");
    }
    assertThat(far.reads()).isEqualTo(1);
  }

  @Test
  void theSameObjectIsReturned() {
    Storage<String> near = near();
    far.plain().put("k", new String("v"));
    assertThat(near.require("k")).isSameAs(near.require("k"));
  }

  @Test
  void entriesThatAnybodyChangesAreReadAgain() {
    Storage<String> near = near();
    far.plain().put("k", "one");
    near.get("k");
    far.plain().put("k", "two");
    assertThat(near.get("k")).contains("two");
    near.put("k", "three");
    assertThat(near.get("k")).contains("three");
    far.plain().remove("k");
    assertThat(near.get("k")).isEmpty();
    far.plain().put("k", "four");
    assertThat(near.get("k")).contains("four");
    far.plain().clear();
    assertThat(near.get("k")).isEmpty();
  }

  @Test
  void entriesEvictedFarAreGoneNear() {
    LruStorage<String> small = LruStorage.ofLimit(1);
    Storage<String> near = open(NearStorage.builder(small));
    near.put("a", "v");
    assertThat(near.get("a")).contains("v");
    small.put("b", "v");
    assertThat(near.get("a")).isEmpty();
  }

  @Test
  void anEntryIsAlwaysTheFarOne() {
    Storage<String> near = near();
    far.plain().put("k", "v");
    near.get("k");
    near.entry("k");
    near.entry("k");
    assertThat(far.reads()).isEqualTo(3);
    near.get("k");
    assertThat(far.reads()).as("what entry returned is kept too").isEqualTo(3);
  }

  @Test
  void ofABatchOnlyWhatIsMissingIsAskedForInOneCall() {
    Storage<String> near = near();
    Map<String, String> all = Map.of("a", "1", "b", "2", "c", "3");
    far.plain().putAll(all);
    near.get("a");
    assertThat(near.getAll(List.of("a", "b", "c", "d"))).isEqualTo(all);
    assertThat(far.batches()).containsExactly(List.of("b", "c", "d"));
  }

  @Test
  void absenceIsRememberedOnlyWhereThatIsAskedFor() {
    Storage<String> near = near();
    near.get("k");
    near.get("k");
    assertThat(far.reads()).isEqualTo(2);
    NearStorage<String> negative =
        open(NearStorage.builder(far.storage()).negative(Duration.ofHours(1)));
    assertThat(negative.get("k")).isEmpty();
    assertThat(negative.get("k")).isEmpty();
    assertThat(negative.contains("k")).isFalse();
    assertThat(negative.getAll(List.of("k"))).isEmpty();
    assertThat(far.reads()).isEqualTo(3);
    assertThat(negative.<RuntimeException>get("k", key -> "loaded")).isEqualTo("loaded");
    assertThat(negative.get("k")).contains("loaded");
    far.plain().remove("k");
    assertThat(negative.get("k")).isEmpty();
    far.plain().put("k", "v");
    assertThat(negative.get("k")).contains("v");
  }

  @Test
  void aDeadlineIsKeptNearToo() {
    Storage<String> near = near();
    far.plain().put("k", "v", Duration.ofMinutes(1));
    near.get("k");
    clock.advance(Duration.ofSeconds(59));
    near.get("k");
    assertThat(far.reads()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(near.get("k")).isEmpty();
    assertThat(far.reads()).isEqualTo(2);
  }

  @Test
  void theLimitHoldsAndWhatIsUsedStays() {
    NearStorage<String> near = open(NearStorage.builder(far.storage()).limit(10));
    for (int i = 0; i < 100; i++) {
      far.plain().put("k" + i, "v");
      near.get("k" + i);
      near.get("k0");
      assertThat(near.near().size()).isLessThanOrEqualTo(10);
    }
    assertThat(near.near().size()).isEqualTo(10);
    assertThat(near.near().find("k0")).isNotNull();
    long reads = far.reads();
    near.get("k0");
    assertThat(far.reads()).isEqualTo(reads);
  }

  @Test
  void whileNothingIsReportedNothingIsKeptUnlessToldSo() {
    FakeFeed feed = new FakeFeed();
    far.plain().put("k", "v");
    far.feed(feed);
    NearStorage<String> strict = open(NearStorage.builder(far.storage()));
    NearStorage<String> lenient =
        open(NearStorage.builder(far.storage()).staleness(Duration.ofHours(1)));
    for (Storage<String> each : List.of(strict, lenient)) {
      each.get("k");
      each.get("k");
    }
    assertThat(far.reads()).isEqualTo(2);
    feed.lost();
    assertThat(strict.near().size() + lenient.near().size()).isZero();
    for (int i = 0; i < 2; i++) {
      strict.get("k");
      lenient.get("k");
    }
    assertThat(far.reads()).as("two and one").isEqualTo(5);
    feed.resumed();
    assertThat(lenient.near().size()).as("what was read before").isZero();
    strict.get("k");
    strict.get("k");
    assertThat(far.reads()).isEqualTo(6);
  }

  @Test
  void aLossBeforeTheFirstReadIsNotForgotten() {
    FakeFeed feed = new FakeFeed();
    feed.losesAtOnce();
    far.feed(feed);
    far.plain().put("k", "v");
    NearStorage<String> near = open(NearStorage.builder(far.storage()));
    near.get("k");
    near.get("k");
    assertThat(far.reads()).isEqualTo(2);
  }

  @Test
  void aFarStorageThatIsClosedIsNotReadNear() {
    Storage<String> near = near();
    far.plain().put("k", "v");
    near.get("k");
    far.plain().close();
    assertThatThrownBy(() -> near.get("k"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void closingForgetsAndListensNoMore() {
    FakeFeed feed = new FakeFeed();
    far.feed(feed);
    NearStorage<String> near = near();
    far.plain().put("k", "v");
    near.get("k");
    near.close();
    assertThat(feed.listeners()).isZero();
    assertThatThrownBy(() -> near.get("k")).isInstanceOf(IllegalStateException.class);
    assertThat(far.plain().get("k")).as("it was borrowed").contains("v");
  }

  @Test
  void theFeedAndTheStreamsBehindAreHidden() {
    Storage<String> near = near();
    assertThat(near.unwrap(ChangeFeed.class)).isEmpty();
    assertThat(near.streams()).isEmpty();
    assertThat(near.toString()).contains("an LRU of 1000 in memory").contains("memory in front");
  }

  @Test
  void withoutReportsItWantsToKnowHowOldAValueMayBe() {
    Storage<String> inner = near();
    assertThatThrownBy(() -> NearStorage.over(inner, 10))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'staleness'")
        .hasMessageContaining("does not report changes");
    assertThatThrownBy(() -> NearStorage.builder(far.storage()).watch(false).build())
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("'watch' is off");
    assertThatThrownBy(() -> NearStorage.builder(far.storage()).limit(0))
        .isInstanceOf(InvalidOptionException.class);
    assertThatThrownBy(() -> NearStorage.builder(far.storage()).staleness(Duration.ZERO))
        .isInstanceOf(InvalidOptionException.class);
  }

  @Test
  void aFeedThatCannotBeginIsNamedWithTheWayOut() {
    far.feed(
        listener -> {
          throw new IOException("no such luck");
        });
    assertThatThrownBy(this::near)
        .hasMessageContaining("no such luck")
        .hasMessageContaining("watch=false");
    assertThat(open(NearStorage.builder(far.storage()).watch(false).staleness(Duration.ofHours(1))))
        .isNotNull();
  }

  @Test
  void aPolicyInBetweenLetsReportsPass() {
    Storage<String> expiring = VolatileStorage.over(far.plain(), Duration.ofMinutes(1));
    NearStorage<String> near = open(NearStorage.builder(expiring));
    near.put("k", "v");
    assertThat(near.get("k")).contains("v");
    far.plain().put("k", "w");
    assertThat(near.get("k")).contains("w");
  }

  @Test
  void itIsFoundByItsNameAndOwnsWhatItOpens() {
    StorageProvider provider = StorageProvider.load();
    StorageOptions options = StorageOptions.of("storage", "lru:?limit=5", "limit", 3);
    try (Storage<String> near =
        provider.create(StorageProvider.STORAGE_NEAR, String.class, options)) {
      near.put("k", "v");
      assertThat(near.get("k")).contains("v");
    }
    try (Storage<String> near = provider.open("near:?limit=3&storage=lru:?limit=5", String.class)) {
      near.put("k", "v");
      assertThat(near.get("k")).contains("v");
    }
    assertThatThrownBy(
            () ->
                provider.create(StorageProvider.STORAGE_NEAR, String.class, StorageOptions.none()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("storage");
  }

  @Test
  void overAReadOnlyStorageDeadlinesAreKeptAndThePoliciesAreSeen() {
    try (Storage<String> lru = LruStorage.builder(10).clock(clock).build()) {
      Storage<String> near = open(NearStorage.builder(ReadOnlyStorage.over(lru)));
      lru.put("k", "v", Duration.ofSeconds(10));
      assertThat(near.get("k")).contains("v");
      assertThat(near.getAll(List.of("k"))).isEqualTo(Map.of("k", "v"));
      clock.advance(Duration.ofSeconds(10));
      assertThat(near.get("k")).isEmpty();
      assertThat(near.getAll(List.of("k"))).isEmpty();
      assertThat(PolicyStack.of(near).names()).containsExactly("storage.near", "storage.readonly");
    }
  }
}
