package io.jstorage.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageUnavailableException;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.RedisStore;
import io.jstorage.redis.server.RedisCluster;
import io.jstorage.redis.server.RedisSentinels;
import io.jstorage.redis.server.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory in front of a cluster whose slots move, and of a master that is replaced. */
@Timeout(300)
class NearTopologiesTest {
  private static final Duration PATIENT = Duration.ofSeconds(30);

  private static Storage<String> near(Supplier<Storage<String>> far) {
    return NearStorage.builder(far.get()).limit(100).owned().build();
  }

  @Test
  void nothingIsTooOldWhileSlotsMoveBetweenTheNodesOfACluster() throws Exception {
    try (RedisCluster cluster = RedisCluster.start()) {
      Supplier<Storage<String>> plain =
          () -> RedisStore.inCluster(cluster.addresses()).timeout(PATIENT).storage(Codecs.text());
      try (Storage<String> one = near(plain);
          Storage<String> other = near(plain);
          Storage<String> far = plain.get()) {
        History.whileUsed(
            List.of(one, other),
            far,
            2,
            history -> {
              for (int i = 0; i < History.KEYS; i++) {
                int slot = cluster.slotOf("jstorage:k" + i + ".0");
                RedisServer first = cluster.node(0);
                RedisServer target = cluster.ownerOf(slot) == first ? cluster.node(1) : first;
                cluster.moveSlot(slot, target, () -> {});
              }
            });
      }
    }
  }

  /**
   * Redis acknowledges writes before its replicas know them, so that none are made while another
   * master takes over: a value that was lost would come back by its fault.
   */
  @Test
  void nothingIsTooOldAfterAnotherMasterHasTakenOver() throws Exception {
    try (RedisSentinels sentinels = RedisSentinels.start(1)) {
      Supplier<Storage<String>> plain =
          () ->
              RedisStore.viaSentinels(RedisSentinels.MASTER, sentinels.addresses())
                  .timeout(PATIENT)
                  .storage(Codecs.text());
      try (Storage<String> one = near(plain);
          Storage<String> other = near(plain);
          Storage<String> far = plain.get()) {
        List<Storage<String>> both = List.of(one, other);
        History.whileUsed(both, far, 1, history -> {});
        far.put("kept", "v");
        RedisServer old = sentinels.master();
        sentinels.awaitReplication();
        whileRead(both, "kept", "v", sentinels::failOver);
        Polling.until("another server is the master", () -> sentinels.master() != old);
        Polling.until("the new master is written to", () -> isWritten(far, sentinels.master()));
        far.clear();
        Polling.until("both see it", () -> both.stream().noneMatch(near -> near.contains("kept")));
        Converged.await(both, far, History.KEYS);
        History.whileUsed(both, far, 1, history -> {});
      }
    }
  }

  /** Reads, during an action, which fail or return the value. */
  private static void whileRead(
      List<Storage<String>> readers, String key, String value, Runnable action) throws Exception {
    AtomicBoolean stopped = new AtomicBoolean();
    AtomicLong answered = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(readers.size());
    try {
      List<Future<?>> running =
          readers.stream()
              .<Future<?>>map(
                  reader ->
                      threads.submit(
                          () -> {
                            while (!stopped.get()) {
                              assertValue(reader, key, value);
                              answered.incrementAndGet();
                            }
                          }))
              .toList();
      action.run();
      long before = answered.get();
      Polling.until("it is read", () -> answered.get() > before + 1_000);
      stopped.set(true);
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      stopped.set(true);
      threads.shutdownNow();
    }
  }

  private static void assertValue(Storage<String> reader, String key, String value) {
    Optional<String> read;
    try {
      read = reader.get(key);
    } catch (StorageUnavailableException e) {
      return;
    }
    // The reader may not have heard yet that the value is there, nor of the removal before.
    read.ifPresent(found -> assertThat(found).isEqualTo(value));
  }

  private static boolean isWritten(Storage<String> far, RedisServer master) {
    try {
      far.put("after", "v");
      return "v".equals(master.call("GET", "jstorage:after"));
    } catch (StorageUnavailableException e) {
      return false;
    }
  }
}
