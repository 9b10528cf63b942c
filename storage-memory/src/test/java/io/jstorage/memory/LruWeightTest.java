package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.Statistics;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.jvm.Together;
import io.jstorage.provider.StorageProvider;
import io.jstorage.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LruWeightTest {
  private static final Weigher<Integer> BY_VALUE = (key, value) -> value;

  private static List<String> keysOf(Storage<?> storage) {
    return storage.keys().sorted().toList();
  }

  private static LruStorage<Integer> of(long weight) {
    return LruStorage.ofWeight(weight, BY_VALUE);
  }

  @Test
  void anEntryEvictsAsManyAsItTakesAndNoMore() {
    Storage<Integer> storage = of(10);
    storage.put("a", 3);
    storage.put("b", 3);
    storage.put("c", 4);
    storage.get("a");
    storage.put("d", 5);
    assertThat(keysOf(storage)).containsExactly("a", "d");
    storage.put("e", 2);
    assertThat(keysOf(storage)).containsExactly("a", "d", "e");
  }

  @Test
  void anOverwriteMakesRoomForWhatItAdds() {
    Storage<Integer> storage = of(10);
    storage.put("a", 3);
    storage.put("b", 3);
    storage.put("c", 4);
    storage.put("a", 5);
    assertThat(keysOf(storage)).containsExactly("a", "c");
    storage.put("a", 1);
    storage.put("d", 5);
    assertThat(keysOf(storage)).containsExactly("a", "c", "d");
    storage.put("c", 10);
    assertThat(storage.asMap()).isEqualTo(Map.of("c", 10));
  }

  @Test
  void anEntryThatIsTooHeavyIsEvictedAtOnceAndNoOtherIs() {
    List<String> left = new ArrayList<>();
    LruStorage<Integer> storage =
        LruStorage.builder(100)
            .weight(10, BY_VALUE)
            .statistics()
            .listener((key, value, cause) -> left.add(key + "=" + value + " " + cause))
            .build();
    storage.put("a", 3);
    storage.put("b", 3);
    storage.put("b", 11);
    assertThat(storage.putIfAbsent("b", Integer.MAX_VALUE)).isTrue();
    assertThat(storage.get("c", key -> 20)).isEqualTo(20);
    assertThat(storage.asMap()).isEqualTo(Map.of("a", 3));
    assertThat(left)
        .containsExactly("b=3 REPLACED", "b=11 EVICTED", "b=2147483647 EVICTED", "c=20 EVICTED");
    Statistics counted = storage.unwrap(Statistics.class).orElseThrow();
    assertThat(counted.puts()).isEqualTo(5);
    assertThat(counted.evictions()).hasValue(3);
    assertThat(counted.entries()).hasValue(1);
    assertThat(counted.hits()).isZero();
    assertThat(counted.misses()).isEqualTo(1);
  }

  @Test
  void bothLimitsHold() {
    Storage<Integer> storage = LruStorage.builder(3).weight(10, BY_VALUE).build();
    for (String key : List.of("a", "b", "c", "d")) {
      storage.put(key, 1);
    }
    assertThat(keysOf(storage)).containsExactly("b", "c", "d");
    storage.put("e", 9);
    assertThat(keysOf(storage)).containsExactly("d", "e");
  }

  @Test
  void aWeightIsThatOfTheWrite() {
    Storage<List<String>> storage =
        LruStorage.<List<String>>ofWeight(4, (key, list) -> list.size());
    List<String> grows = new ArrayList<>(List.of("x"));
    storage.put("a", grows);
    grows.addAll(List.of("x", "x", "x", "x"));
    storage.put("b", List.of("x", "x", "x"));
    assertThat(keysOf(storage)).containsExactly("a", "b");
    storage.remove("a");
    storage.put("c", List.of("x"));
    assertThat(keysOf(storage)).containsExactly("b", "c");
    storage.put("c", List.of("x", "x"));
    assertThat(keysOf(storage)).containsExactly("c");
  }

  @Test
  void aWeigherThatNeverSaysTheSameDoesNotHarmTheSum() {
    Random random = new Random(4);
    long limit = 50;
    LinkedHashMap<String, Long> model = new LinkedHashMap<>(16, 0.75f, true);
    long[] said = new long[1];
    LruStorage<String> storage =
        LruStorage.ofWeight(
            limit,
            (key, value) -> {
              said[0] = random.nextInt(60);
              return said[0];
            });
    for (int i = 0; i < 20_000; i++) {
      String key = "k" + random.nextInt(30);
      switch (random.nextInt(5)) {
        case 0 -> assertThat(storage.remove(key)).isEqualTo(model.remove(key) != null);
        case 1 -> assertThat(storage.get(key).isPresent()).isEqualTo(model.get(key) != null);
        default -> {
          storage.put(key, "v");
          model.remove(key);
          if (said[0] <= limit) {
            model.put(key, said[0]);
          }
          while (sum(model) > limit) {
            model.remove(model.keySet().iterator().next());
          }
        }
      }
      if (i % 16 == 0) {
        assertThat(keysOf(storage)).hasSameElementsAs(model.keySet());
        assertThat(storage.table().weight()).isEqualTo(sum(model));
      }
    }
    storage.clear();
    assertThat(storage.table().weight()).isZero();
  }

  private static long sum(Map<String, Long> weights) {
    return weights.values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void aNegativeWeightFailsTheWriteAndChangesNothing() {
    Storage<Integer> storage = of(10);
    storage.put("a", 3);
    for (int negative : new int[] {-1, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> storage.put("a", negative))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(Integer.toString(negative), "zero or more");
      assertThatThrownBy(() -> storage.get("b", key -> negative))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(storage.asMap()).isEqualTo(Map.of("a", 3));
    storage.put("b", 7);
    assertThat(keysOf(storage)).containsExactly("a", "b");
  }

  @Test
  void anExceptionOfTheWeigherFailsTheWriteAndChangesNothing() {
    Storage<Integer> storage =
        LruStorage.<Integer>ofWeight(
            10,
            (key, value) -> {
              if (value > 8) {
                throw new UnsupportedOperationException("too many");
              }
              return value;
            });
    storage.put("a", 3);
    assertThatThrownBy(() -> storage.put("a", 9))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("too many");
    assertThat(storage.get("a")).contains(3);
    storage.put("b", 7);
    assertThat(keysOf(storage)).containsExactly("a", "b");
  }

  @Test
  void aWeigherMayUseTheStorage() {
    List<Storage<String>> self = new ArrayList<>();
    Storage<String> storage =
        LruStorage.<String>ofWeight(
            3, (key, value) -> value.length() + self.get(0).get("base").orElse("").length());
    self.add(storage);
    storage.put("base", "x");
    storage.put("a", "x");
    assertThat(keysOf(storage)).containsExactly("a", "base");
  }

  @Test
  void theLargestWeightsDoNotOverflow() {
    LruStorage<Long> storage = LruStorage.ofWeight(Long.MAX_VALUE, (key, value) -> value);
    storage.put("a", Long.MAX_VALUE);
    storage.put("b", 1L);
    assertThat(keysOf(storage)).containsExactly("b");
    storage.put("c", Long.MAX_VALUE - 1);
    assertThat(keysOf(storage)).containsExactly("b", "c");
    storage.put("b", 2L);
    assertThat(keysOf(storage)).containsExactly("b");
    assertThat(storage.table().weight()).isEqualTo(2);
  }

  @Test
  void entriesOfNoWeightStay() {
    Storage<Integer> storage = of(1);
    for (int i = 0; i < 5_000; i++) {
      storage.put("k" + i, 0);
    }
    assertThat(storage.size()).isEqualTo(5_000);
    storage.put("one", 1);
    assertThat(storage.size()).isEqualTo(5_001);
  }

  @Test
  void expiredEntriesMakeRoomFirst() {
    SettableClock clock = new SettableClock();
    LruStorage<Integer> storage = LruStorage.builder(100).weight(10, BY_VALUE).clock(clock).build();
    storage.put("live", 4);
    storage.put("a", 3, Duration.ofSeconds(1));
    storage.put("b", 3, Duration.ofSeconds(2));
    clock.advance(Duration.ofSeconds(1));
    storage.put("b", 4, Duration.ofSeconds(2));
    assertThat(keysOf(storage)).containsExactly("b", "live");
    clock.advance(Duration.ofSeconds(2));
    storage.put("b", 6);
    assertThat(keysOf(storage)).containsExactly("b", "live");
    assertThat(storage.purgeExpired()).isZero();
    assertThat(storage.table().weight()).isEqualTo(10);
  }

  @Test
  void aClockThatFailsHarmsNothing() {
    SettableClock clock = new SettableClock();
    boolean[] fails = new boolean[1];
    LruStorage<Integer> storage =
        LruStorage.builder(100)
            .weight(10, BY_VALUE)
            .clock(
                () -> {
                  if (fails[0]) {
                    throw new IllegalStateException("no time");
                  }
                  return clock.instant();
                })
            .build();
    storage.put("timed", 4, Duration.ofSeconds(1));
    storage.put("a", 6);
    fails[0] = true;
    assertThatThrownBy(() -> storage.put("a", 7)).hasMessage("no time");
    assertThatThrownBy(() -> storage.put("b", 7)).hasMessage("no time");
    fails[0] = false;
    assertThat(keysOf(storage)).containsExactly("a", "timed");
    assertThat(storage.table().weight()).isEqualTo(10);
    storage.put("b", 4);
    assertThat(keysOf(storage)).containsExactly("a", "b");
  }

  @Test
  void aUrlLimitsTheBytesOfTextsAndOfBytes() {
    StorageProvider provider = StorageProvider.load();
    try (Storage<String> texts = provider.open("lru:?weight=10", String.class)) {
      texts.put("a", "1234");
      texts.put("b", "\u00e9\u00e9");
      assertThat(keysOf(texts)).containsExactly("a", "b");
      texts.put("\u20ac", "");
      assertThat(keysOf(texts)).containsExactly("b", "\u20ac");
      texts.put("d", "1\ud83d\ude00");
      assertThat(keysOf(texts)).containsExactly("d", "\u20ac");
      assertThat(texts).hasToString("an LRU of weight 10 in memory");
    }
    try (Storage<byte[]> bytes = provider.open("lru:?weight=10&limit=5", byte[].class)) {
      bytes.put("a", new byte[9]);
      bytes.put("b", new byte[1]);
      assertThat(keysOf(bytes)).containsExactly("b");
      assertThat(bytes).hasToString("an LRU of 5 and weight 10 in memory");
    }
  }

  @Test
  void withALimitOfWeightAloneThereIsNoLimitOfEntries() {
    try (Storage<String> storage =
        StorageProvider.load().open("lru:?weight=1000000000", String.class)) {
      int more = LruStorage.LIMIT.defaultValue().orElseThrow() + 1;
      for (int i = 0; i < more; i++) {
        storage.put("k" + i, "v");
      }
      assertThat(storage.size()).isEqualTo(more);
    }
  }

  @Test
  void valuesWithoutASizeNeedAWeigher() {
    StorageProvider provider = StorageProvider.load();
    assertThatThrownBy(() -> provider.open("lru:?weight=10", Integer.class))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("'weigher'", "Integer");
    try (Storage<Object> untyped = provider.open("lru:?weight=10", Object.class)) {
      untyped.put("a", "text");
      assertThatThrownBy(() -> untyped.put("b", 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("'weigher'", "Integer");
    }
    try (Storage<Integer> weighed =
        provider.open(
            "lru:?weight=10", Integer.class, StorageOptions.of(LruStorage.WEIGHER, BY_VALUE))) {
      weighed.put("a", 6);
      weighed.put("b", 5);
      assertThat(keysOf(weighed)).containsExactly("b");
    }
  }

  @Test
  void badLimitsAreRefused() {
    for (long weight : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> of(weight))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("at least 1");
    }
    StorageProvider provider = StorageProvider.load();
    for (String weight : List.of("0", "-5", "ten", "1.5", "9223372036854775808")) {
      assertThatThrownBy(() -> provider.open("lru:?weight=" + weight, String.class))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContainingAll("'weight'", weight);
    }
    assertThatThrownBy(
            () ->
                provider.open(
                    "lru:", Integer.class, StorageOptions.of(LruStorage.WEIGHER, BY_VALUE)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContainingAll("'weigher'", "'weight'");
  }

  @Test
  void manyThreadsKeepTheSumAndTheLimit() throws Exception {
    LruStorage<Integer> storage = LruStorage.builder(40).weight(200, BY_VALUE).build();
    Together.run(
        4,
        seed -> {
          Random random = new Random(seed);
          for (int i = 0; i < 50_000; i++) {
            String key = "k" + random.nextInt(100);
            switch (random.nextInt(6)) {
              case 0 -> storage.remove(key);
              case 1 -> storage.put(key, random.nextInt(220));
              case 2, 3 -> storage.put(key, random.nextInt(20));
              default -> storage.get(key);
            }
          }
        });
    long sum = 0;
    for (String key : keysOf(storage)) {
      sum += Objects.requireNonNull(storage.asMap().get(key));
    }
    assertThat(storage.table().weight()).isEqualTo(sum).isLessThanOrEqualTo(200);
    assertThat(storage.size()).isLessThanOrEqualTo(40);
  }

  /** Readers may use all other entries between the stamp of a write and its search for room. */
  @Test
  void anOverwriteThatEvictsIsNotDisturbedByReaders() throws Exception {
    try (LruStorage<Integer> storage = of(10)) {
      CountDownLatch written = new CountDownLatch(1);
      Together.run(
          2,
          number -> {
            if (number == 0) {
              while (written.getCount() > 0) {
                storage.get("read");
              }
              return;
            }
            try {
              for (int i = 0; i < 100_000; i++) {
                storage.put("written", 5);
                storage.put("read", 5);
                storage.put("written", 6);
                assertThat(storage.get("written")).hasValue(6);
                assertThat(storage.contains("read")).isFalse();
                assertThat(storage.table().weight()).isEqualTo(6);
              }
            } finally {
              written.countDown();
            }
          });
    }
  }
}
