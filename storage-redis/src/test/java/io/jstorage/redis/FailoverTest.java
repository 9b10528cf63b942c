package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.Ports;
import io.jstorage.redis.server.RedisSentinels;
import io.jstorage.redis.server.RedisServer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The master changes while threads go on. */
class FailoverTest {
  private static final int THREADS = 4;

  private static StorageOptions options(List<String> sentinels, String master) {
    return StorageOptions.of("sentinels", sentinels, "master", master);
  }

  private static Storage<String> open(RedisSentinels sentinels) {
    return Opened.with(options(sentinels.addresses(), RedisSentinels.MASTER));
  }

  /** Calls fail while there is no master. */
  private static Storage<String> openHasty(RedisSentinels sentinels) {
    StorageOptions options = options(sentinels.addresses(), RedisSentinels.MASTER);
    return Opened.patiently(options.with("timeout", "500ms"));
  }

  @Test
  void theStorageFollowsWhenTheMasterDiesAndFailuresMeanwhileAreTyped() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    Queue<StorageException> failures = new ConcurrentLinkedQueue<>();
    AtomicBoolean stopped = new AtomicBoolean();
    try (RedisSentinels sentinels = RedisSentinels.start(3);
        Storage<String> storage = openHasty(sentinels)) {
      for (int i = 0; i < THREADS; i++) {
        String number = Integer.toString(i);
        Opened.patiently(() -> storage.put("kept" + number, "v" + number));
      }
      sentinels.awaitReplication();
      List<Future<?>> running = new java.util.ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        running.add(
            pool.submit(
                () -> {
                  while (!stopped.get()) {
                    try {
                      assertThat(storage.get("kept" + number)).hasValue("v" + number);
                      storage.put("k" + number, "x");
                    } catch (StorageException e) {
                      failures.add(e);
                    }
                  }
                }));
      }
      sentinels.killMaster();
      long promoted = System.nanoTime();
      RedisServer master = sentinels.master();
      Polling.until("the storage writes to the new master", () -> written(storage, master));
      long recovery = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - promoted);
      stopped.set(true);
      for (Future<?> future : running) {
        future.get(60, TimeUnit.SECONDS);
      }
      assertThat(failures).isNotEmpty().allMatch(StorageUnavailableException.class::isInstance);
      for (int i = 0; i < THREADS; i++) {
        String key = "kept" + i;
        assertThat(Opened.patiently(() -> storage.get(key))).hasValue("v" + i);
      }
      System.out.printf("followed %d ms after the promotion%n", recovery);
    } finally {
      pool.shutdownNow();
    }
  }

  /** No client can prevent this, as Redis acknowledges before its replicas know. */
  @Test
  void aWriteThatNoReplicaKnowsYetIsGoneWhenOneTakesOver() {
    try (RedisSentinels sentinels = RedisSentinels.start(1);
        Storage<String> storage = open(sentinels)) {
      storage.put("k", "replicated");
      sentinels.awaitReplication();
      letNoReplicaFollow(sentinels.master());
      storage.put("k", "acknowledged");
      assertThat(storage.putIfAbsent("lock", "mine")).isTrue();
      sentinels.killMaster();
      RedisServer master = sentinels.master();
      Polling.until("the storage writes to the new master", () -> written(storage, master));
      assertThat(storage.get("k")).hasValue("replicated");
      assertThat(storage.putIfAbsent("lock", "somebody else's")).isTrue();
    }
  }

  private static void letNoReplicaFollow(RedisServer master) {
    master.call("ACL", "SETUSER", "default", "-psync", "-sync");
    master.call("CLIENT", "KILL", "TYPE", "replica");
  }

  private static boolean written(Storage<String> storage, RedisServer master) {
    try {
      storage.put("after", "v");
      return "v".equals(master.call("GET", "jstorage:after"));
    } catch (StorageException e) {
      return false;
    }
  }

  @Test
  void theStorageFollowsWhenTheMasterIsExchanged() {
    try (RedisSentinels sentinels = RedisSentinels.start(1);
        Storage<String> storage = open(sentinels)) {
      storage.put("k", "v");
      sentinels.awaitReplication();
      sentinels.failOver();
      RedisServer master = sentinels.master();
      Polling.until("the storage writes to the new master", () -> written(storage, master));
      assertThat(storage.get("k")).hasValue("v");
    }
  }

  @Test
  void sentinelsThatCannotBeReachedAreUnavailable() {
    StorageException failure =
        Opened.failureToReach(
            options(List.of("127.0.0.1:" + Ports.free()), RedisSentinels.MASTER)
                .with("timeout", "500ms"));
    assertThat(failure).isInstanceOf(StorageUnavailableException.class);
  }

  @Test
  void aMasterThatNoSentinelKnowsIsAFailureThatNamesIt() {
    try (RedisSentinels sentinels = RedisSentinels.start(1)) {
      StorageException failure =
          Opened.failureToReach(
              options(sentinels.addresses(), "nobody-knows").with("timeout", "500ms"));
      assertThat(failure).hasMessageContaining("nobody-knows");
    }
  }
}
