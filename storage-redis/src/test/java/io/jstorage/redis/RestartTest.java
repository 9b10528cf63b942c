package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.BatchException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.jvm.Polling;
import io.jstorage.jvm.Together;
import io.jstorage.redis.server.RedisServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The server is killed and comes back while threads go on. The number of restarts is the system
 * property {@code jstorage.redis.restarts}, by default 10.
 */
class RestartTest {
  private static final int THREADS = 8;
  private static final int CALLS = 40;
  private static final int RESTARTS = Integer.getInteger("jstorage.redis.restarts", 10);
  private static final long RECOVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** One thread with a key of its own, which therefore knows what must be under it. */
  private static final class Client implements Runnable {
    private final Storage<String> storage;
    private final String key;
    private volatile boolean stopped;
    private final List<String> unknown = new CopyOnWriteArrayList<>();
    private final AtomicInteger successes = new AtomicInteger();

    /**
     * The possible values of the key; null stands for none. There are several after an unknown
     * outcome.
     */
    private final Set<@Nullable String> possible = new HashSet<>();

    Client(Storage<String> storage, String key) {
      this.storage = storage;
      this.key = key;
      possible.add(null);
    }

    @Override
    public void run() {
      for (int i = 0; !stopped; i++) {
        write(i);
        try {
          check(storage.get(key).orElse(null));
          succeeded();
        } catch (StorageException e) {
          assertThat(e).isInstanceOf(StorageUnavailableException.class);
        }
      }
    }

    private void write(int i) {
      String value = key + "=" + i;
      boolean remove = i % 5 == 4;
      try {
        if (remove) {
          storage.remove(key);
        } else if (i % 5 == 2) {
          replace(value);
        } else {
          storage.put(key, value);
        }
        possible.clear();
        possible.add(remove ? null : value);
        succeeded();
      } catch (StorageException e) {
        assertThat(e).isInstanceOf(StorageUnavailableException.class);
        if (e.outcomeUnknown()) {
          unknown.add(String.valueOf(e.getMessage()));
          possible.add(remove ? null : value);
        }
      }
    }

    private void replace(String value) {
      var version = storage.entry(key).flatMap(io.jstorage.Entry::version);
      if (version.isPresent()) {
        assertThat(storage.replace(key, version.get(), value)).isTrue();
      } else {
        assertThat(storage.putIfAbsent(key, value)).isTrue();
      }
    }

    private void check(@Nullable String found) {
      assertThat(possible).as("acknowledged or of unknown outcome").contains(found);
      possible.clear();
      possible.add(found);
    }

    private void succeeded() {
      successes.incrementAndGet();
    }
  }

  @Test
  void noAcknowledgedWriteIsLostAndEachThreadIsUnsureAtMostOnceARestart() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    List<Client> clients = new ArrayList<>();
    List<Long> recoveries = new ArrayList<>();
    // A server that is killed breaks connections at once. A disk may keep a write waiting for
    // seconds.
    try (RedisServer server = RedisServer.builder().durable().start();
        Storage<String> storage = Opened.at(server.port(), "timeout", "30s")) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Client client = new Client(storage, "k" + i);
        clients.add(client);
        running.add(pool.submit(client));
      }
      awaitProgress(clients, running, CALLS);
      for (int restart = 0; restart < RESTARTS; restart++) {
        int[] before = clients.stream().mapToInt(client -> client.unknown.size()).toArray();
        server.kill();
        server.restart();
        long answered = System.nanoTime();
        awaitProgress(clients, running, 1);
        recoveries.add(System.nanoTime() - answered);
        awaitProgress(clients, running, CALLS);
        for (int i = 0; i < THREADS; i++) {
          List<String> unknown = clients.get(i).unknown;
          assertThat(unknown.subList(before[i], unknown.size()))
              .as("unknown outcomes of thread %d", i)
              .hasSizeLessThanOrEqualTo(1);
        }
      }
      clients.forEach(client -> client.stopped = true);
      for (Future<?> future : running) {
        future.get(60, TimeUnit.SECONDS);
      }
      clients.forEach(client -> client.check(storage.get(client.key).orElse(null)));
    } finally {
      pool.shutdownNow();
    }
    System.out.printf(
        "recovered after %s ms, %d successes, unknown %s%n",
        recoveries.stream().map(TimeUnit.NANOSECONDS::toMillis).toList(),
        clients.stream().mapToLong(client -> client.successes.get()).sum(),
        clients.stream().map(client -> client.unknown.size()).toList());
    // One or another may coincide with a pause of the machine.
    long median = recoveries.stream().sorted().toList().get(recoveries.size() / 2);
    assertThat(median).as("recovery in nanoseconds").isLessThan(RECOVERY_NANOS);
  }

  /** Waits until each thread has succeeded some times from now on, or one has failed. */
  private static void awaitProgress(List<Client> clients, List<Future<?>> running, int times) {
    int[] before = clients.stream().mapToInt(client -> client.successes.get()).toArray();
    Polling.until(
        "every thread goes on",
        () ->
            running.stream().anyMatch(Future::isDone)
                || IntStream.range(0, THREADS)
                    .allMatch(i -> clients.get(i).successes.get() >= before[i] + times));
    for (Future<?> future : running) {
      assertThat(future.isDone()).as("%s", future).isFalse();
    }
  }

  @Test
  void afterARestartOneWriteAtMostIsUnsureHoweverManyConnectionsAreIdle() throws Exception {
    try (RedisServer server = RedisServer.builder().durable().start();
        Storage<String> storage = Opened.at(server.port(), "timeout", "30s")) {
      AtomicInteger unknown = new AtomicInteger();
      for (int restart = 0; restart < 3; restart++) {
        Together.run(
            THREADS,
            number -> {
              for (int i = 0; i < CALLS; i++) {
                storage.put("k" + number, "v");
              }
            });
        server.kill();
        server.restart();
        int before = unknown.get();
        Polling.until("a write succeeds", () -> isWritten(storage, unknown));
        assertThat(unknown.get() - before).as("writes of unknown outcome").isLessThanOrEqualTo(1);
      }
    }
  }

  private static boolean isWritten(Storage<String> storage, AtomicInteger unknown) {
    try {
      storage.put("k", "v");
      return true;
    } catch (StorageUnavailableException e) {
      unknown.addAndGet(e.outcomeUnknown() ? 1 : 0);
      return false;
    }
  }

  @Test
  void aServerThatIsDownIsUnavailableAndAWriteMeanwhileDidNotHappen() throws IOException {
    try (RedisServer server = RedisServer.builder().durable().start();
        Storage<String> storage = Opened.at(server.port(), "timeout", "300ms")) {
      Opened.patiently(() -> storage.put("k", "old"));
      server.kill();
      // The connection that the pool still holds may break under the first call.
      Opened.failure(() -> storage.get("k"));
      StorageException put = Opened.failure(() -> storage.put("k", "new"));
      assertThat(put).isInstanceOf(StorageUnavailableException.class);
      assertThat(put.outcomeUnknown()).isFalse();
      assertThat(Opened.failure(storage::size)).isInstanceOf(StorageUnavailableException.class);
      StorageException getAll = Opened.failure(() -> storage.getAll(List.of("k", "l")));
      assertThat(getAll instanceof BatchException ? getAll.getCause() : getAll)
          .isInstanceOf(StorageUnavailableException.class);
      server.restart();
      assertThat(Opened.patiently(() -> storage.get("k"))).hasValue("old");
      Opened.patiently(() -> storage.put("k", "new"));
      assertThat(Opened.patiently(() -> storage.get("k"))).hasValue("new");
    }
  }

  @Test
  void aReadIsRepeatedWhileTheServerComesBackWithinTheTimeout() throws Exception {
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try (RedisServer server = RedisServer.builder().durable().start();
        Storage<String> storage = Opened.with(Opened.at(server.port()))) {
      storage.put("k", "v");
      server.kill();
      Future<String> read = reader.submit(() -> storage.require("k"));
      server.restart();
      assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo("v");
    } finally {
      reader.shutdownNow();
    }
  }
}
