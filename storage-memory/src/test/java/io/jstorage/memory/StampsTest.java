package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Statistics;
import io.jstorage.Storage;
import io.jstorage.jvm.Together;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StampsTest {
  private static final int LIMIT = 8;

  private final LruStorage<String> storage = LruStorage.builder(LIMIT).statistics().build();
  private final LruTable<String> table = storage.table();

  private static long lastUse(Stamps stamps, Node<?> node) {
    return node.lastUse(stamps.times());
  }

  private static long use(Stamps stamps, Node<?> node) {
    stamps.use(node, stamps.time());
    return lastUse(stamps, node);
  }

  @Test
  void ofTwoUsesThatFollowEachOtherTheLaterOneHasTheGreaterStampThroughAllPeriods()
      throws Exception {
    AdaptiveStamps stamps = Periods.of(table);
    Object order = new Object();
    long[] last = new long[1];
    Together.run(
        4,
        number -> {
          Random random = new Random(number);
          Node<String> node = new Node<>("k", 0, "v", 0);
          Node<String> apart = new Node<>("apart", 0, "v", 0);
          node.index = 1 + number;
          for (int i = 0; i < 100_000; i++) {
            switch (random.nextInt(100)) {
              case 0 -> stamps.begin();
              case 1 -> Periods.end(stamps);
              default -> stamps.use(apart, stamps.time());
            }
            synchronized (order) {
              long stamp = use(stamps, node);
              if (stamp <= last[0]) {
                throw new AssertionError(stamp + " follows " + last[0]);
              }
              last[0] = stamp;
            }
          }
        });
  }

  @Test
  void aWriteHasAStampOfItsOwnThroughAllPeriods() {
    AdaptiveStamps stamps = Periods.of(table);
    Random random = new Random(1);
    long last = -1;
    for (int i = 0; i < 100_000; i++) {
      long stamp = stamps.forWrite();
      assertThat(stamp > last).as("%d follows %d", stamp, last).isTrue();
      last = stamp;
      if (random.nextInt(10) == 0) {
        Periods.change(table, random);
      }
    }
  }

  @Test
  void noUseIsLostFromTheCountWhicheverWayItIsStamped() throws Exception {
    Periods.arePossible();
    storage.put("k", "v");
    int uses = 50_000;
    Together.run(
        4,
        number -> {
          Random random = new Random(number);
          for (int i = 0; i < uses; i++) {
            storage.get("k");
            if (random.nextInt(100) == 0) {
              Periods.change(table, random);
            }
          }
        });
    storage.put("l", "v");
    assertThat(storage.unwrap(Statistics.class).orElseThrow().hits()).isEqualTo(4L * uses);
    assertThat(storage.unwrap(Statistics.class).orElseThrow().puts()).isEqualTo(2);
  }

  @Test
  void aUseInAPeriodIsKnownToTheNextEvictionAndToThoseAfterThePeriod() {
    for (int i = 0; i < LIMIT; i++) {
      storage.put("k" + i, "v");
    }
    AdaptiveStamps stamps = Periods.of(table);
    stamps.begin();
    storage.get("k0");
    storage.put("new", "v");
    assertThat(storage.contains("k0")).isTrue();
    assertThat(storage.contains("k1")).isFalse();
    storage.get("k2");
    Periods.end(stamps);
    storage.get("k3");
    storage.put("newer", "v");
    assertThat(storage.contains("k4")).isFalse();
    for (int i = 0; i < 3; i++) {
      storage.put("newest" + i, "v");
    }
    assertThat(storage.keys())
        .containsExactlyInAnyOrder(
            "k0", "new", "k2", "k3", "newer", "newest0", "newest1", "newest2");
  }

  @Test
  void aNewEntryInThePlaceOfAnotherIsNotTakenForUsedThen() {
    AdaptiveStamps stamps = Periods.of(table);
    for (int i = 0; i < LIMIT; i++) {
      storage.put("k" + i, "v");
    }
    stamps.begin();
    storage.get("k7");
    storage.remove("k7");
    storage.put("in its place", "v");
    for (int i = 0; i < 7; i++) {
      storage.get("k" + i);
    }
    storage.put("new", "v");
    assertThat(storage.contains("in its place")).isFalse();
  }

  @Test
  void usesAreSlowIfSeveralThreadsTakeLongForThemAndDoNothingElse() {
    Stamps stamps = new Stamps();
    Samples samples = new Samples(stamps);
    assertThat(samples.isSlow(1, 1, 100)).as("the first sample").isFalse();
    assertThat(samples.isSlow(2, 1, 100)).as("another thread").isTrue();
    assertThat(stamps.slowNanos()).isEqualTo(100);
    assertThat(samples.isSlow(1, 8, 50)).as("after samples that were left out").isTrue();
    assertThat(stamps.slowNanos()).isEqualTo(50);
    assertThat(samples.isSlow(2, 1, 20)).as("as fast as where caches are shared").isFalse();
    assertThat(samples.isSlow(1, 1, 2000)).as("idle in between").isFalse();
    assertThat(samples.isSlow(2, 9, 100)).as("by turns").isFalse();
    assertThat(samples.isSlow(1, -1, 100)).as("overtaken by a sample").isFalse();
    assertThat(samples.isSlow(2, 1, 100)).as("after all that").isTrue();
  }

  /** Samples at times of their own, which begin anywhere. */
  private static final class Samples {
    private final Stamps stamps;
    private long count;
    private long now = -7;

    Samples(Stamps stamps) {
      this.stamps = stamps;
    }

    /** A sample of a thread, after so many times that there might have been one. */
    boolean isSlow(long thread, int times, long nanosOfUse) {
      count += times * Stamps.SAMPLE;
      now += Math.abs(times * Stamps.SAMPLE) * nanosOfUse;
      return stamps.isSlow(thread, count, now);
    }
  }

  @Test
  void slowUsesAdaptTheStampsAndThenBeginAPeriod() {
    Periods.arePossible();
    storage.put("k", "v");
    while (!(table.stamps() instanceof AdaptiveStamps)) {
      useAfterASampleOfAnotherThread();
    }
    while (((AdaptiveStamps) table.stamps()).period() == null) {
      useAfterASampleOfAnotherThread();
    }
  }

  private void useAfterASampleOfAnotherThread() {
    useAfterASampleOf(Thread.currentThread().getId() + 1);
  }

  /** A use that is a sample too, soon after the other one unless this thread is suspended. */
  private void useAfterASampleOf(long thread) {
    Stamps stamps = table.stamps();
    stamps.skip(Stamps.SAMPLE - stamps.peek() % Stamps.SAMPLE);
    stamps.isSlow(thread, stamps.peek() - Stamps.SAMPLE, System.nanoTime() - 100 * Stamps.SAMPLE);
    storage.get("k");
  }

  @Test
  void aThreadAloneKeepsTheCounterHoweverSlowItsUsesAre() {
    Periods.arePossible();
    storage.put("k", "v");
    for (int i = 0; i < 100; i++) {
      useAfterASampleOf(Thread.currentThread().getId());
      assertThat(table.stamps()).isNotInstanceOf(AdaptiveStamps.class);
    }
  }

  @Test
  void usesAmongManyWritesAreLeftToTheCounter() {
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < 20; i++) {
        storage.put("k", "v");
      }
      useAfterASampleOfAnotherThread();
      assertThat(table.stamps()).isNotInstanceOf(AdaptiveStamps.class);
    }
  }

  @Test
  void aPeriodEndsByItself() throws Exception {
    AdaptiveStamps stamps = Periods.of(table);
    storage.put("a", "v");
    storage.put("b", "v");
    stamps.begin();
    storage.get("a");
    assertThat(stamps.taken()).as("none of the counter is left out yet").isEqualTo(3);
    TimeUnit.NANOSECONDS.sleep(ClockPeriod.NANOS + 1_000_000);
    storage.get("b");
    assertThat(stamps.period()).isNull();
    assertThat(stamps.taken()).isEqualTo(4);
    for (int i = 0; i < LIMIT - 1; i++) {
      storage.put("k" + i, "v");
    }
    assertThat(storage.contains("a")).isFalse();
    assertThat(storage.contains("b")).isTrue();
  }

  @Test
  void stampsThatWereTakenWhileAPeriodBeganAreNotTakenAgain() throws Exception {
    AdaptiveStamps stamps = Periods.of(table);
    Node<String> node = new Node<>("k", 0, "v", 0);
    stamps.begin();
    stamps.skip(1L << 40);
    stamps.use(node, Stamps.COUNTED);
    long last = node.lastUse();
    TimeUnit.NANOSECONDS.sleep(ClockPeriod.NANOS + 1_000_000);
    assertThat(use(stamps, node)).isGreaterThan(last);
  }

  @Test
  void aSlowReadOfAnEntryThatHasLeftTakesNothingFromTheNextOneInItsPlace() {
    AdaptiveStamps stamps = Periods.of(table);
    storage.put("gone", "v");
    stamps.begin();
    long before = stamps.time();
    Node<String> gone = Objects.requireNonNull(table.peek("gone"));
    storage.remove("gone");
    storage.put("in its place", "v");
    for (int i = 1; i < LIMIT; i++) {
      storage.put("k" + i, "v");
    }
    storage.get("in its place");
    stamps.use(gone, before);
    storage.put("new", "v");
    assertThat(storage.contains("in its place")).isTrue();
    assertThat(storage.contains("k1")).isFalse();
  }

  @Test
  void entriesOfATableThatGrowsKeepTheirUses() {
    int limit = 20_000;
    Storage<String> growing = LruStorage.ofLimit(limit);
    LruTable<String> grown = ((LruStorage<String>) growing).table();
    for (int i = 0; i < 10; i++) {
      growing.put("k" + i, "v");
    }
    AdaptiveStamps stamps = Periods.of(grown);
    stamps.begin();
    for (int i = 0; i < 5; i++) {
      growing.get("k" + i);
    }
    for (int i = 10; i < limit; i++) {
      growing.put("k" + i, "v");
    }
    // Of these, not all have an index.
    stamps.begin();
    growing.get("k10");
    growing.get("k" + (limit - 1));
    for (int i = 0; i < 5; i++) {
      growing.put("new" + i, "v");
    }
    for (int i = 0; i < 10; i++) {
      assertThat(growing.contains("k" + i)).isEqualTo(i < 5);
    }
    for (int i = 5; i < limit - 1; i++) {
      growing.put("new" + i, "v");
    }
    assertThat(growing.contains("k4")).isFalse();
    assertThat(growing.contains("k10")).as("used after all that are gone").isFalse();
    assertThat(growing.contains("k" + (limit - 1))).isTrue();
  }

  @Test
  void theCounterIsKeptTwiceAsLongAfterEachPeriodThatWasNotFaster() {
    AdaptiveStamps stamps = Periods.of(table);
    for (int samples = 1; samples < 100; samples *= 2) {
      for (int i = 1; i < samples; i++) {
        table.adaptStamps();
        assertThat(stamps.period()).as("after sample %d of %d", i, samples).isNull();
      }
      table.adaptStamps();
      assertThat(stamps.period()).as("after %d samples", samples).isNotNull();
      Periods.end(stamps);
    }
  }
}
