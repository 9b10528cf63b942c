package io.jstorage.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.TypeRef;
import io.jstorage.jvm.Polling;
import io.jstorage.provider.StorageProvider;
import io.jstorage.redis.server.RedisServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** In front of a Redis that stops, and comes back. */
class FallbackRedisTest {
  private final StorageProvider provider = StorageProvider.load();

  private Storage<String> open(RedisServer server, String... more) {
    String redis = "redis://%s:%d?timeout=500ms".formatted(server.host(), server.port());
    StorageOptions options = StorageOptions.of("storage", redis);
    for (int i = 0; i < more.length; i += 2) {
      options = options.with(more[i], more[i + 1]);
    }
    StorageOptions all = options;
    return Polling.result(
        StorageUnavailableException.class::isInstance,
        () -> provider.create("storage.fallback", TypeRef.of(String.class), all));
  }

  @Test
  void aRedisThatStopsIsAnsweredForAndUsedAgainWhenItIsBack() throws IOException {
    try (RedisServer server = RedisServer.start();
        Storage<String> storage = open(server, "stale", "1h")) {
      Polling.until("the storage is reached", () -> isReached(storage, "k"));
      server.kill();
      assertThat(storage.get("k")).contains("v");
      assertThat(storage.get("other", key -> "loaded")).isEqualTo("loaded");
      assertThatThrownBy(() -> storage.get("unknown"))
          .isInstanceOf(StorageUnavailableException.class);
      assertThatThrownBy(() -> storage.put("k", "w"))
          .isInstanceOf(StorageUnavailableException.class);
      server.restart();
      Polling.until("the storage is reached again", () -> isReached(storage, "probe"));
      // The server kept nothing, so that a last known value would be an old one. A pause of the
      // machine may fail a call again.
      Polling.until(
          "the server answers",
          () -> {
            long failed = lastKnown(storage);
            boolean old = storage.get("k").isPresent();
            assertThat(old).as("read from memory").isEqualTo(lastKnown(storage) > failed);
            return !old;
          });
      Polling.until(
          "nothing old is read",
          () ->
              storage.get("other", key -> "loaded anew").equals("loaded anew")
                  && storage.get("other").equals(Optional.of("loaded anew")));
    }
  }

  private static long lastKnown(Storage<String> storage) {
    return ((FallbackStorage<String>) storage).reads(FallbackSource.LAST_KNOWN);
  }

  private static boolean isReached(Storage<String> storage, String key) {
    try {
      storage.put(key, "v");
      return true;
    } catch (StorageUnavailableException e) {
      return false;
    }
  }

  @Test
  void callersWhoAskTogetherWhileItHangsWaitForOneLoad() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (RedisServer server = RedisServer.start();
        Storage<String> storage = open(server)) {
      Polling.until("the storage is reached", () -> isReached(storage, "k"));
      server.suspend();
      AtomicInteger loads = new AtomicInteger();
      CountDownLatch allAsked = new CountDownLatch(8);
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(
            threads.submit(
                () -> {
                  allAsked.countDown();
                  return storage.get(
                      "k",
                      key -> {
                        loads.incrementAndGet();
                        allAsked.await();
                        return "loaded";
                      });
                }));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("loaded");
      }
      assertThat(loads).hasValueBetween(1, 8);
      server.resume();
      Polling.until("the storage is reached again", () -> isReached(storage, "probe"));
    } finally {
      threads.shutdownNow();
    }
  }
}
