package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Version;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.Ports;
import io.jstorage.redis.server.RedisCluster;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A slot moves from node to node while threads use its keys. */
class ReshardingTest {
  private static final int THREADS = 4;
  private static final int KEYS = 40;

  @RegisterExtension
  static final ServerExtension<RedisCluster> CLUSTER = ServerExtension.of(RedisCluster::start);

  private static Storage<String> open(String timeout) {
    StorageOptions options =
        StorageOptions.of("cluster", CLUSTER.get().addresses(), "timeout", timeout);
    return Opened.patiently(options);
  }

  private static RedisServer anotherThan(RedisServer node) {
    RedisCluster cluster = CLUSTER.get();
    return node == cluster.node(0) ? cluster.node(1) : cluster.node(0);
  }

  /** A thread's keys, all in one slot, with what it wrote there last. */
  private static final class Client implements Runnable {
    private final Storage<String> storage;
    private final int number;
    private final AtomicBoolean stopped;
    private final Queue<StorageException> failures;
    private final AtomicLong calls;
    private final Map<String, String> written = new LinkedHashMap<>();

    Client(
        Storage<String> storage,
        int number,
        AtomicBoolean stopped,
        Queue<StorageException> failures,
        AtomicLong calls) {
      this.storage = storage;
      this.number = number;
      this.stopped = stopped;
      this.failures = failures;
      this.calls = calls;
    }

    @Override
    public void run() {
      for (int i = 0; !stopped.get(); i++) {
        String key = "{moving}" + number + "-" + i % KEYS;
        try {
          String value = key + "=" + i;
          write(i, key, value);
          written.put(key, value);
          assertThat(storage.get(key)).hasValue(value);
          if (i % 10 == 0) {
            assertThat(storage.getAll(written.keySet())).isEqualTo(written);
          }
          calls.incrementAndGet();
        } catch (StorageException e) {
          failures.add(e);
        }
      }
    }

    private void write(int i, String key, String value) {
      if (i % 3 == 0) {
        storage.put(key, value);
      } else if (i % 3 == 1) {
        storage.putAll(Map.of(key, value));
      } else {
        Version version = storage.entry(key).flatMap(Entry::version).orElse(null);
        boolean done =
            version == null
                ? storage.putIfAbsent(key, value)
                : storage.replace(key, version, value);
        assertThat(done).isTrue();
      }
    }
  }

  @Test
  void aSlotThatMovesUnderLoadLosesNoWriteAndGivesNoWrongAnswer() throws Exception {
    RedisCluster cluster = CLUSTER.get();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    Queue<StorageException> failures = new ConcurrentLinkedQueue<>();
    AtomicBoolean stopped = new AtomicBoolean();
    AtomicLong calls = new AtomicLong();
    try (Storage<String> storage = open("30s")) {
      List<Client> clients = new ArrayList<>();
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Client client = new Client(storage, i, stopped, failures, calls);
        clients.add(client);
        running.add(pool.submit(client));
      }
      int slot = cluster.slotOf("jstorage:{moving}");
      for (int round = 0; round < 3; round++) {
        awaitCalls(calls, running);
        cluster.moveSlot(
            slot, anotherThan(cluster.ownerOf(slot)), () -> awaitCalls(calls, running));
      }
      awaitCalls(calls, running);
      stopped.set(true);
      for (Future<?> future : running) {
        future.get(60, TimeUnit.SECONDS);
      }
      assertThat(failures).isEmpty();
      Map<String, String> expected = new TreeMap<>();
      clients.forEach(client -> expected.putAll(client.written));
      try (Stream<String> keys = storage.keys("{moving}")) {
        assertThat(keys).containsExactlyInAnyOrderElementsOf(expected.keySet());
      }
      assertThat(new TreeMap<>(storage.getAll(expected.keySet()))).isEqualTo(expected);
    } finally {
      stopped.set(true);
      pool.shutdownNow();
    }
  }

  /** Waits for some more calls, so that there are some at each stage of the move. */
  private static void awaitCalls(AtomicLong calls, List<Future<?>> running) {
    long target = calls.get() + 20;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (calls.get() < target && running.stream().noneMatch(Future::isDone)) {
      assertThat(System.nanoTime()).as("the calls have stopped").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Test
  void aBatchOverAllNodesFindsEveryKey() {
    try (Storage<String> storage = open("30s")) {
      Map<String, String> entries = new TreeMap<>();
      for (int i = 0; i < 300; i++) {
        entries.put("spread" + i, "v" + i);
      }
      storage.putAll(entries);
      assertThat(new TreeMap<>(storage.getAll(entries.keySet()))).isEqualTo(entries);
      try (Stream<String> keys = storage.keys("spread")) {
        assertThat(keys).containsExactlyInAnyOrderElementsOf(entries.keySet());
      }
      storage.removeAll(entries.keySet());
      assertThat(storage.getAll(entries.keySet())).isEmpty();
    }
  }

  @Test
  void aSlotThatNobodyServesIsUnavailableAndNoMiss() {
    RedisCluster cluster = CLUSTER.get();
    try (Storage<String> storage = open("300ms")) {
      Opened.patiently(() -> storage.put("here", "v"));
      int slot = cluster.slotOf("jstorage:here");
      RedisServer owner = cluster.ownerOf(slot);
      String number = Integer.toString(slot);
      owner.call("CLUSTER", "DELSLOTS", number);
      try {
        assertThat(Opened.failure(() -> storage.get("here")))
            .isInstanceOf(StorageUnavailableException.class);
        Polling.until(
            "a write is refused, and not only late",
            () -> {
              StorageException put = Opened.failure(() -> storage.put("here", "w"));
              assertThat(put).isInstanceOf(StorageUnavailableException.class);
              return !put.outcomeUnknown();
            });
        Opened.failure(() -> storage.getAll(List.of("here")));
      } finally {
        owner.call("CLUSTER", "ADDSLOTS", number);
      }
    }
  }

  @Test
  void seedsThatCannotBeReachedAreUnavailable() {
    assertThat(
            Opened.failureToReach(
                StorageOptions.of("cluster", "127.0.0.1:" + Ports.free(), "timeout", "500ms")))
        .isInstanceOf(StorageUnavailableException.class);
  }

  @Test
  void aServerThatIsNoClusterIsAFailureThatSaysSo() throws Exception {
    try (RedisServer single = RedisServer.start()) {
      StorageException failure =
          Opened.failureToReach(StorageOptions.of("cluster", single.toString()));
      assertThat(failure).hasMessageContaining("luster");
    }
  }
}
