package io.jstorage.testkit;

import static io.jstorage.testkit.Checks.assertThat;

import io.jstorage.Capability;
import io.jstorage.Storage;
import io.jstorage.spi.ChangeFeed;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A feed of changes, where there is one, misses none without saying so. */
interface ChangeFeedContract extends StorageFixture {
  @Test
  @Promise(
      value = "A feed of changes reports every change, or says that it was lost.",
      lookAt = {"ChangeFeed.watch, found by Store.unwrap"})
  default void everyKindOfChangeIsReported() throws IOException {
    Storage<String> storage = storage();
    ChangeFeed feed = FeedProbes.feedOf(storage);
    Map<String, Runnable> changes = FeedProbes.changesOf(storage);
    RecordingListener listener = new RecordingListener();
    try (Closeable watching = feed.watch(listener)) {
      assertThat(watching).isNotNull();
      changes.forEach(
          (key, change) -> {
            change.run();
            FeedProbes.await(listener, key);
          });
    }
  }

  @Test
  @Promise(
      value = "A feed of changes reports those that another object makes.",
      lookAt = {"ChangeFeed.watch, found by Store.unwrap"})
  default void changesOfAnotherObjectAreReported() throws IOException {
    ChangeFeed feed = FeedProbes.feedOf(storage());
    Map<String, Runnable> changes = FeedProbes.changesOf(AdditionalStorages.secondObject(this));
    RecordingListener listener = new RecordingListener();
    try (Closeable watching = feed.watch(listener)) {
      assertThat(watching).isNotNull();
      changes.values().forEach(Runnable::run);
      changes.keySet().forEach(key -> FeedProbes.await(listener, key));
    }
  }

  @Test
  @Promise(
      value =
          "A change is reported after it was made: a read that begins after the last report "
              + "of a key returns what is there.",
      lookAt = {"ChangeFeed.watch, found by Store.unwrap", "Store.write", "Store.delete"})
  default void readsAfterAReportSeeTheChange() throws Exception {
    Storage<String> storage = storage();
    ChangeFeed feed = FeedProbes.feedOf(storage);
    Mirror mirror = new Mirror(storage, 3);
    int threads = 4;
    try (Closeable watching = feed.watch(mirror);
        Race race = new Race(threads)) {
      assertThat(watching).isNotNull();
      race.run(
          number -> {
            SplittableRandom random = new SplittableRandom(Seed.get() + number);
            for (int i = 0; i < 5 * rounds(); i++) {
              String key = Mirror.key(random.nextInt(mirror.keys()));
              if (random.nextInt(3) == 0) {
                storage.remove(key);
              } else {
                storage.put(key, number + "-" + i);
              }
            }
            return number;
          });
      FeedProbes.await(
          mirror,
          mirror::isUpToDate,
          "what was read after the last report of each key is what is there");
    }
  }

  @Test
  @Promise(
      value = "Of many changes at once all are reported, or it is said that some were lost.",
      lookAt = {"ChangeFeed.watch, found by Store.unwrap"})
  default void ofManyChangesNoneIsLostWithoutAWord() throws IOException {
    Storage<String> storage = storage();
    ChangeFeed feed = FeedProbes.feedOf(storage);
    Map<String, String> many = new LinkedHashMap<>();
    for (int i = 0; i < many(); i++) {
      many.put("k" + i, "v");
    }
    List<String> keys = new ArrayList<>(many.keySet());
    RecordingListener listener = new RecordingListener();
    try (Closeable watching = feed.watch(listener)) {
      assertThat(watching).isNotNull();
      storage.putAll(many);
      keys.forEach(key -> FeedProbes.await(listener, key));
      RecordingListener more = new RecordingListener();
      try (Closeable again = feed.watch(more)) {
        assertThat(again).isNotNull();
        storage.removeAll(keys);
        keys.forEach(key -> FeedProbes.await(more, key));
      }
    }
  }

  @Test
  @Promise(
      value = "A clear is reported, by the keys or as a loss.",
      lookAt = {"ChangeFeed.watch, found by Store.unwrap", "Store.clear"})
  default void aClearIsReported() throws IOException {
    Storage<String> storage = storage();
    ChangeFeed feed = FeedProbes.feedOf(storage);
    storage.putAll(Map.of("a", "v", "b", "v"));
    RecordingListener listener = new RecordingListener();
    try (Closeable watching = feed.watch(listener)) {
      assertThat(watching).isNotNull();
      storage.clear();
      FeedProbes.await(listener, "a");
      FeedProbes.await(listener, "b");
    }
  }

  @Test
  @Promise(
      value = "The calls of a listener never overlap, however many threads make changes.",
      lookAt = {"ChangeFeed.watch, found by Store.unwrap"})
  default void callsOfAListenerNeverOverlap() throws IOException {
    Storage<String> storage = storage();
    ChangeFeed feed = FeedProbes.feedOf(storage);
    RecordingListener listener = new RecordingListener();
    try (Closeable watching = feed.watch(listener);
        Race race = new Race(threads())) {
      assertThat(watching).isNotNull();
      race.run(
          number -> {
            for (int i = 0; i < rounds(); i++) {
              storage.put("k" + number, "v" + i);
            }
            return number;
          });
      for (int i = 0; i < threads(); i++) {
        FeedProbes.await(listener, "k" + i);
      }
    }
    assertThat(listener.overlapped()).as("two calls of a listener at one time").isFalse();
  }

  @Test
  @Promise(
      value =
          "After a watch was closed nothing is reported to its listener; the others go on, "
              + "also after one that throws.",
      lookAt = {"ChangeFeed.watch, found by Store.unwrap"})
  default void aWatchThatIsClosedHearsNothingMore() throws IOException {
    Storage<String> storage = storage();
    ChangeFeed feed = FeedProbes.feedOf(storage);
    RecordingListener closed = new RecordingListener();
    RecordingListener throwing = RecordingListener.throwing();
    RecordingListener other = new RecordingListener();
    Closeable watching = feed.watch(closed);
    try (Closeable first = feed.watch(throwing);
        Closeable second = feed.watch(other)) {
      assertThat(first).isNotSameAs(second);
      storage.put("before", "v");
      FeedProbes.await(closed, "before");
      watching.close();
      watching.close();
      long heard = closed.calls();
      storage.put("after", "v");
      FeedProbes.await(throwing, "after");
      FeedProbes.await(other, "after");
      assertThat(closed.calls()).as("calls of the listener").isEqualTo(heard);
    }
  }

  @Test
  @Promise(
      value = "Closing the storage ends its reports, and the last one says that.",
      lookAt = {"ChangeFeed.watch, found by Store.unwrap", "Store's close, if it is Closeable"})
  default void closingIsReportedAsALoss() throws IOException {
    Storage<String> storage = storage();
    ChangeFeed feed = FeedProbes.feedOf(storage);
    RecordingListener listener = new RecordingListener();
    Closeable watching = feed.watch(listener);
    storage.put("k", "v");
    FeedProbes.await(listener, "k");
    storage.close();
    assertThat(listener.isLost()).as("the end was reported").isTrue();
    watching.close();
  }

  @Test
  @Promise(
      value = "An entry that expires is reported, or its deadline is known beforehand.",
      lookAt = {"ChangeFeed.watch, found by Store.unwrap", "Store.readEntry"})
  default void anExpiryIsKnownBeforehand() throws IOException {
    Storage<String> storage = storage();
    FeedProbes.feedOf(storage);
    Assume.has(storage, Capability.EXPIRY);
    storage.put("k", "v", Duration.ofHours(1));
    assertThat(storage.entry("k").orElseThrow().expiresAt()).isPresent();
    assertThat(new HashMap<>(storage.getAll(List.of("k")))).containsKey("k");
  }
}
