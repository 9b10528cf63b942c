package io.jstorage.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Entry;
import io.jstorage.InvalidOptionException;
import io.jstorage.RemovalListener;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.jvm.Latches;
import io.jstorage.jvm.Together;
import io.jstorage.memory.LruStorage;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.Access;
import io.jstorage.spi.ForwardingStore;
import io.jstorage.spi.Storages;
import io.jstorage.testkit.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NearListenerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SettableClock clock = new SettableClock();
  private final Storage<String> far = LruStorage.builder(1000).clock(clock).build();
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private final NearStorage<String> near =
      NearStorage.builder(far)
          .limit(2)
          .clock(clock)
          .listener((key, value, cause) -> heard.add(key + "=" + value + " " + cause))
          .build();

  private void keep(String key, String value) {
    near.put(key, value);
    assertThat(near.get(key)).contains(value);
  }

  @Test
  void itHearsWhatLeavesTheMemoryAndWhy() {
    keep("a", "1");
    keep("a", "2");
    keep("b", "1");
    keep("c", "1");
    assertThat(far.get("a")).contains("2");
    near.remove("b");
    near.remove("b");
    near.clear();
    assertThat(heard).containsExactly("a=1 REPLACED", "a=2 EVICTED", "b=1 REMOVED", "c=1 REMOVED");
  }

  @Test
  void eachKeyOfABatchIsTold() {
    keep("a", "1");
    keep("b", "1");
    near.putAll(Map.of("a", "2", "c", "1"));
    near.removeAll(List.of("b", "nothing"));
    assertThat(heard).containsExactlyInAnyOrder("a=1 REPLACED", "b=1 REMOVED");
  }

  @Test
  void itHearsOfWhatExpiresWhenThatIsMet() {
    near.put("a", "1", SECOND);
    near.get("a");
    clock.advance(SECOND);
    assertThat(near.get("a")).isEmpty();
    near.put("b", "1", SECOND);
    near.get("b");
    clock.advance(SECOND);
    near.put("b", "2");
    assertThat(heard).containsExactly("a=1 EXPIRED", "b=1 EXPIRED");
  }

  @Test
  void itHearsOfChangesByOthersFromTheNextCallAndNotFromTheirs() {
    keep("a", "1");
    keep("b", "1");
    far.put("a", "2");
    far.remove("b");
    assertThat(near.near().size()).isZero();
    assertThat(heard).isEmpty();
    near.get("nothing");
    assertThat(heard).containsExactly("a=1 INVALIDATED", "b=1 INVALIDATED");
  }

  @Test
  void aWriteThatChangesNothingReplacesNothing() {
    keep("a", "1");
    assertThat(near.putIfAbsent("a", "2")).isFalse();
    assertThat(heard).containsExactly("a=1 INVALIDATED");
  }

  @Test
  void aWriteThatFailsReplacesNothing() {
    keep("a", "1");
    keep("b", "1");
    far.close();
    assertThatThrownBy(() -> near.put("a", "2")).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> near.putAll(Map.of("b", "2"))).isInstanceOf(RuntimeException.class);
    assertThat(heard).containsExactly("a=1 INVALIDATED", "b=1 INVALIDATED");
  }

  @Test
  void aLossInvalidatesEverything() {
    keep("a", "1");
    near.near().lost();
    assertThat(heard).isEmpty();
    near.get("a");
    assertThat(heard).containsExactly("a=1 INVALIDATED");
  }

  @Test
  void closingIsNoRemovalAndTellsWhatIsLeftToTell() {
    keep("a", "1");
    keep("b", "1");
    far.put("a", "2");
    near.close();
    assertThat(heard).containsExactly("a=1 INVALIDATED");
  }

  @Test
  void aRememberedAbsenceIsNoValue() {
    try (NearStorage<String> negative =
        NearStorage.builder(far)
            .negative(Duration.ofHours(1))
            .listener((key, value, cause) -> heard.add(key))
            .build()) {
      negative.get("a");
      negative.put("a", "1");
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void oneThatThrowsHarmsNothing() {
    AtomicInteger calls = new AtomicInteger();
    RemovalListener<String> broken =
        (key, value, cause) -> {
          calls.incrementAndGet();
          throw new AssertionError("a listener's defect");
        };
    try (NearStorage<String> storage = NearStorage.builder(far).listener(broken).build()) {
      storage.put("a", "1");
      storage.get("a");
      storage.put("a", "2");
      assertThat(storage.get("a")).contains("2");
    }
    assertThat(calls).hasValue(1);
  }

  @Test
  void oneThatBlocksHoldsUpNoReportAndNobodyElse() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    RemovalListener<String> slow =
        (key, value, cause) -> {
          if (key.equals("a")) {
            told.countDown();
            Latches.await(goOn);
          }
        };
    try (NearStorage<String> storage = NearStorage.builder(far).listener(slow).build()) {
      storage.put("a", "1");
      storage.put("b", "1");
      storage.getAll(List.of("a", "b"));
      storage.get("a");
      storage.get("b");
      Thread remover = new Thread(() -> storage.remove("a"));
      remover.start();
      told.await();
      far.put("b", "2");
      assertThat(storage.near().find("b")).isNull();
      assertThat(storage.get("a")).isEmpty();
      goOn.countDown();
      remover.join();
      assertThat(storage.get("b")).contains("2");
    }
  }

  @Test
  void itMayUseTheStorage() {
    List<NearStorage<String>> self = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    RemovalListener<String> reader =
        (key, value, cause) -> seen.add(key + "=" + self.get(0).get(key).orElse("gone"));
    try (NearStorage<String> storage = NearStorage.builder(far).listener(reader).build()) {
      self.add(storage);
      storage.put("a", "1");
      storage.get("a");
      storage.put("a", "2");
      storage.remove("a");
    }
    assertThat(seen).containsExactly("a=2", "a=gone");
  }

  @Test
  void itIsNotCalledAgainByItsOwnCalls() {
    int count = 20_000;
    Storage<String> many = LruStorage.ofLimit(count);
    List<NearStorage<String>> self = new ArrayList<>();
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger depth = new AtomicInteger();
    AtomicInteger deepest = new AtomicInteger();
    RemovalListener<String> reader =
        (key, value, cause) -> {
          calls.incrementAndGet();
          deepest.accumulateAndGet(depth.incrementAndGet(), Math::max);
          self.get(0).get("nothing");
          depth.decrementAndGet();
        };
    try (NearStorage<String> storage =
        NearStorage.builder(many).limit(count).listener(reader).build()) {
      self.add(storage);
      for (int i = 0; i < count; i++) {
        many.put("k" + i, "1");
        storage.get("k" + i);
      }
      for (int i = 0; i < count; i++) {
        many.put("k" + i, "2");
      }
      assertThat(storage.get("k0")).contains("2");
    }
    assertThat(calls).hasValue(count);
    assertThat(deepest).hasValue(1);
  }

  @Test
  void anObjectThatStaysIsNotTold() {
    keep("a", "1");
    near.entry("a");
    assertThat(near.get("a")).containsSame(far.require("a"));
    assertThat(heard).isEmpty();
    near.remove("a");
    assertThat(heard).containsExactly("a=1 REMOVED");
  }

  @Test
  void anyExceptionOfItHarmsNothing() {
    RemovalListener<String> broken =
        (key, value, cause) -> sneak(new IOException("a listener's defect"));
    try (NearStorage<String> storage = NearStorage.builder(far).listener(broken).build()) {
      storage.put("a", "1");
      storage.get("a");
      storage.put("a", "2");
      assertThat(storage.get("a")).contains("2");
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> void sneak(Exception e) throws E {
    throw (E) e;
  }

  /** Makes an object of its own for each read, as a codec does. */
  private static final class Decoding extends ForwardingStore<Object> {
    Decoding(Storage<Object> storage) {
      super(Storages.asStore(storage));
    }

    @Override
    public @Nullable Object read(String key, Access access) throws IOException {
      return super.read(key, access) == null ? null : new Object();
    }

    @Override
    public @Nullable Entry<Object> readEntry(String key, Access access) throws IOException {
      Entry<Object> entry = super.readEntry(key, access);
      return entry == null ? null : entry.withValue(new Object());
    }
  }

  @Test
  void noObjectIsToldTwiceWhateverRunsAtOnce() throws Exception {
    Storage<Object> objects = LruStorage.ofLimit(1000);
    Set<Object> told = ConcurrentHashMap.newKeySet();
    ConcurrentLinkedQueue<Object> twice = new ConcurrentLinkedQueue<>();
    RemovalListener<Object> listener =
        (key, value, cause) -> {
          if (!told.add(value)) {
            twice.add(value);
          }
        };
    try (NearStorage<Object> storage =
        NearStorage.builder(Storages.ofPolicy(new Decoding(objects), List.of()))
            .limit(8)
            .listener(listener)
            .build()) {
      Together.run(3, number -> use(storage, objects, new SplittableRandom(number)));
      storage.near().resumed();
      storage.put("last", "1");
      Object last = storage.require("last");
      assertThat(storage.require("last")).isSameAs(last);
      storage.clear();
      assertThat(told).contains(last).hasSizeGreaterThan(1000);
    }
    assertThat(twice).isEmpty();
  }

  private static void use(
      NearStorage<Object> storage, Storage<Object> objects, SplittableRandom random) {
    for (int step = 0; step < 10_000; step++) {
      String key = "k" + random.nextInt(16);
      switch (random.nextInt(20)) {
        case 0, 1 -> storage.put(key, step);
        case 2, 3 -> objects.put(key, step);
        case 4 -> storage.remove(key);
        case 5 -> storage.near().lost();
        case 6, 7 -> storage.near().resumed();
        case 8 -> storage.entry(key);
        default -> storage.get(key);
      }
    }
  }

  @Test
  void anOptionSetsIt() {
    RemovalListener<String> listener = (key, value, cause) -> heard.add(key + " " + cause);
    StorageOptions options = StorageOptions.of("storage", "lru:", "listener", listener);
    try (Storage<String> opened =
        StorageProvider.load().create("storage.near", String.class, options)) {
      opened.put("a", "1");
      opened.get("a");
      opened.remove("a");
    }
    assertThat(heard).containsExactly("a REMOVED");
    assertThatThrownBy(
            () -> StorageProvider.load().open("near:?storage=lru:&listener=loud", String.class))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("RemovalListener");
  }
}
