package io.jstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.RemovalListener;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.jvm.Latches;
import io.jstorage.provider.StorageProvider;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import io.jstorage.testkit.SettableClock;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RemovalListenerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SettableClock clock = new SettableClock();
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private final LruStorage<String> storage =
      LruStorage.builder(2)
          .clock(clock)
          .listener((key, value, cause) -> heard.add(key + "=" + value + " " + cause))
          .build();

  @Test
  void itHearsWhatLeavesAndWhy() {
    storage.put("a", "1");
    storage.put("a", "2");
    storage.put("b", "1");
    storage.put("c", "1");
    storage.remove("b");
    storage.remove("b");
    storage.putIfAbsent("c", "2");
    assertThat(heard).containsExactly("a=1 REPLACED", "a=2 EVICTED", "b=1 REMOVED");
  }

  @Test
  void itHearsAlsoIfAListenerOfChangesThrowsAnError() throws Exception {
    List<Throwable> uncaught = new ArrayList<>();
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
    AssertionError error = new AssertionError("a listener's defect");
    ChangeListener broken =
        new ChangeListener() {
          @Override
          public void changed(String key) {
            throw error;
          }

          @Override
          public void lost() {}

          @Override
          public void resumed() {}
        };
    Closeable watch = storage.unwrap(ChangeFeed.class).orElseThrow().watch(broken);
    try {
      storage.put("a", "1");
      storage.remove("a");
    } finally {
      watch.close();
      Thread.currentThread().setUncaughtExceptionHandler(null);
    }
    assertThat(uncaught).containsExactly(error, error);
    assertThat(heard).containsExactly("a=1 REMOVED");
  }

  @Test
  void itHearsOfWhatExpiresWhoeverMeetsIt() {
    storage.put("read", "1", SECOND);
    clock.advance(SECOND);
    assertThat(storage.get("read")).isEmpty();
    storage.put("over", "1", SECOND);
    clock.advance(SECOND);
    storage.put("over", "2");
    storage.put("purged", "1", SECOND);
    clock.advance(SECOND);
    assertThat(storage.purgeExpired()).isEqualTo(1);
    storage.put("removed", "1", SECOND);
    clock.advance(SECOND);
    assertThat(storage.remove("removed")).isFalse();
    assertThat(heard)
        .containsExactly(
            "read=1 EXPIRED", "over=1 EXPIRED", "purged=1 EXPIRED", "removed=1 EXPIRED");
  }

  @Test
  void itHearsOfEachEntryOfAClearAndOfNoneOfAClose() {
    storage.put("a", "1");
    storage.put("b", "1");
    storage.clear();
    assertThat(heard).containsExactlyInAnyOrder("a=1 REMOVED", "b=1 REMOVED");
    storage.put("c", "1");
    storage.close();
    assertThat(heard).hasSize(2);
  }

  @Test
  void itMayUseTheStorage() {
    List<Storage<String>> self = new ArrayList<>();
    Storage<String> graveyard = LruStorage.ofLimit(10);
    Storage<String> first =
        LruStorage.builder(1)
            .listener(
                (key, value, cause) -> graveyard.put(key, self.get(0).get(key).orElse("gone")))
            .build();
    self.add(first);
    first.put("a", "1");
    first.put("b", "1");
    assertThat(graveyard.get("a")).contains("gone");
  }

  @Test
  void oneThatThrowsHarmsNothing() {
    Storage<String> harmed =
        LruStorage.builder(1)
            .listener(
                (key, value, cause) -> {
                  heard.add(key);
                  throw new AssertionError("of the listener");
                })
            .build();
    harmed.put("a", "1");
    harmed.put("b", "1");
    harmed.put("c", "1");
    assertThat(harmed.get("c")).contains("1");
    assertThat(heard).containsExactly("a", "b");
  }

  @Test
  void oneThatBlocksHoldsUpNobodyElse() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Storage<String> slow =
        LruStorage.builder(1)
            .listener(
                (key, value, cause) -> {
                  if (key.equals("a")) {
                    blocked.countDown();
                    Latches.await(released);
                  }
                })
            .build();
    slow.put("a", "1");
    Thread evicting = new Thread(() -> slow.put("b", "1"));
    evicting.start();
    blocked.await();
    slow.put("c", "1");
    assertThat(slow.get("c")).contains("1");
    assertThat(slow.remove("c")).isTrue();
    released.countDown();
    evicting.join();
  }

  @Test
  void aMapThatExpiresTellsItToo() {
    Storage<String> expiring =
        VolatileStorage.<String>builder()
            .expiration(SECOND)
            .clock(clock)
            .listener((key, value, cause) -> heard.add(key + " " + cause + " " + value.length()))
            .build();
    expiring.put("a", "abc");
    clock.advance(SECOND);
    assertThat(expiring.contains("a")).isFalse();
    assertThat(heard).containsExactly("a EXPIRED 3");
  }

  @Test
  void itIsAnOptionAndNothingElse() {
    StorageProvider provider = StorageProvider.load();
    RemovalListener<String> listener = (key, value, cause) -> heard.add(key);
    try (Storage<String> opened =
        provider.open("lru:?limit=1", String.class, StorageOptions.of("listener", listener))) {
      opened.putAll(Map.of("a", "1"));
      opened.remove("a");
    }
    assertThat(heard).containsExactly("a");
    assertThatThrownBy(
            () -> provider.open("lru:", String.class, StorageOptions.of("listener", new Object())))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("listener");
  }
}
