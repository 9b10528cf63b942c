package io.jstorage.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageUnavailableException;
import io.jstorage.jvm.Polling;
import io.jstorage.policy.FallbackSource;
import io.jstorage.policy.FallbackStorage;
import io.jstorage.provider.StorageProvider;
import io.jstorage.redis.server.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** In front of a Redis that stops, and comes back. */
class ResilientRedisTest {
  private static Storage<String> redis(RedisServer server) {
    String url = "redis://%s:%d?timeout=500ms".formatted(server.host(), server.port());
    return Polling.result(
        StorageUnavailableException.class::isInstance,
        () -> StorageProvider.load().open(url, String.class));
  }

  @Test
  void callsGoOnWhenAServerIsBackWhileTheyAreRepeated() throws IOException {
    try (RedisServer server = RedisServer.builder().durable().start()) {
      AtomicInteger failed = new AtomicInteger();
      AtomicBoolean killed = new AtomicBoolean();
      ResilienceListener restarting =
          new ResilienceListener() {
            @Override
            public void retrying(int attempt, StorageUnavailableException failure) {
              if (killed.getAndSet(false)) {
                failed.incrementAndGet();
                server.restart();
              }
            }
          };
      try (Storage<String> storage =
          ResilientStorage.builder(redis(server))
              .owned()
              .retries(100)
              .retryFor(Duration.ofMinutes(1))
              .breaker(0, 1, Duration.ofSeconds(1))
              .listener(restarting)
              .build()) {
        Polling.until("the server is written to", () -> succeeds(storage));
        server.kill();
        killed.set(true);
        assertThat(storage.get("k")).contains("v");
        assertThat(failed).hasValue(1);
      }
    }
  }

  private record Protected(ResilientStorage<String> resilient, FallbackStorage<String> storage) {
    /** One failure opens the circuit for long, also that of a put at a pause of the machine. */
    static Protected written(Storage<String> redis) {
      ResilientStorage<String> resilient =
          ResilientStorage.builder(redis).retries(0).breaker(1, 1, Duration.ofHours(1)).build();
      FallbackStorage<String> storage =
          FallbackStorage.builder(resilient).stale(Duration.ofHours(1)).build();
      storage.put("k", "v");
      return new Protected(resilient, storage);
    }
  }

  @Test
  void behindAFallbackAServerThatHangsIsFoundOutOnceAndThenAnsweredForAtOnce() throws IOException {
    try (RedisServer server = RedisServer.start();
        Storage<String> redis = redis(server)) {
      Protected protection =
          Polling.result(
              StorageUnavailableException.class::isInstance, () -> Protected.written(redis));
      ResilientStorage<String> resilient = protection.resilient();
      FallbackStorage<String> storage = protection.storage();
      server.suspend();
      for (int i = 0; i < 100; i++) {
        assertThat(storage.get("k")).contains("v");
      }
      assertThat(storage.reads(FallbackSource.LAST_KNOWN)).isEqualTo(100);
      assertThat(resilient.refusals()).isEqualTo(99);
      assertThatThrownBy(() -> storage.put("k", "w"))
          .isInstanceOfSatisfying(
              StorageUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse());
      assertThat(storage.get("k")).contains("v");
      server.resume();
    }
  }

  @Test
  void aCircuitClosesWhenTheServerIsBack() throws IOException {
    try (RedisServer server = RedisServer.start();
        ResilientStorage<String> storage =
            ResilientStorage.builder(redis(server))
                .owned()
                .retries(0)
                .breaker(2, 2, Duration.ofMillis(10))
                .build()) {
      server.kill();
      Polling.until("calls are refused", () -> !succeeds(storage) && storage.refusals() > 0);
      server.restart();
      Polling.until("calls go through", () -> succeeds(storage));
      assertThat(storage.isRefusing()).isFalse();
    }
  }

  private static boolean succeeds(Storage<String> storage) {
    try {
      storage.put("k", "v");
      return true;
    } catch (StorageUnavailableException e) {
      return false;
    }
  }
}
