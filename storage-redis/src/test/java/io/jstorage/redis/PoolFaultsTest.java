package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.jvm.Polling;
import io.jstorage.jvm.Together;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More threads than connections, and threads that are interrupted. */
class PoolFaultsTest {
  private static final int WRITERS = 6;
  private static final int FIRST_JDK_WITH_VIRTUAL_THREADS = 21;

  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  private static boolean hasVirtualThreads() {
    return Runtime.version().feature() >= FIRST_JDK_WITH_VIRTUAL_THREADS;
  }

  private static ExecutorService threads(int count) throws ReflectiveOperationException {
    return hasVirtualThreads()
        ? (ExecutorService)
            Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null)
        : Executors.newFixedThreadPool(count);
  }

  @Test
  void manyThreadsShareAFewConnectionsWithoutAFailure() throws Exception {
    int count = hasVirtualThreads() ? 2_000 : 64;
    int calls = hasVirtualThreads() ? 10 : 100;
    ExecutorService threads = threads(count);
    try (RedisServer server = RedisServer.start();
        Storage<String> storage = Opened.at(server.port(), "pool", 16)) {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < count; t++) {
        String key = "k" + t;
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < calls; i++) {
                    storage.put(key, key + "=" + i);
                    assertThat(storage.get(key)).hasValue(key + "=" + i);
                  }
                }));
      }
      for (Future<?> future : running) {
        future.get(5, TimeUnit.MINUTES);
      }
      Polling.until("the pool has 16 connections at most", () -> server.clients() <= 16);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anExhaustedPoolSaysSoAfterTheTimeoutAndTheCallDidNotHappen() throws Exception {
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port());
        Storage<String> storage =
            Opened.patiently(Opened.at(proxy.port()).with("pool", 1).with("timeout", "600ms"))) {
      boolean exhausted = false;
      // Some of the attempts may meet a pause of the machine.
      for (int attempt = 0; attempt < 10 && !exhausted; attempt++) {
        exhausted = isExhausted(storage, proxy);
      }
      assertThat(exhausted).as("some calls find no connection, and none fails otherwise").isTrue();
    }
  }

  private static boolean isExhausted(Storage<String> storage, TcpProxy proxy)
      throws InterruptedException {
    REDIS.get().call("FLUSHALL");
    Opened.patiently(() -> storage.put("warm", "up"));
    proxy.delayReplies(Duration.ofMillis(400));
    Set<String> exhausted = ConcurrentHashMap.newKeySet();
    AtomicInteger others = new AtomicInteger();
    Together.run(
        WRITERS,
        i -> {
          try {
            storage.put("exhausted" + i, "v");
          } catch (StorageUnavailableException e) {
            if (String.valueOf(e.getMessage()).contains("pool")) {
              assertThat(e.outcomeUnknown()).isFalse();
              exhausted.add("exhausted" + i);
            } else {
              others.incrementAndGet();
            }
          }
        });
    proxy.heal();
    assertThat(Opened.patiently(() -> storage.getAll(exhausted))).isEmpty();
    return others.get() == 0 && exhausted.size() > 1 && exhausted.size() < WRITERS;
  }

  @Test
  void threadsThatWaitForAConnectionAreServedInTheirOrder() throws Exception {
    int waiters = 8;
    List<Thread> threads = new ArrayList<>();
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port());
        Storage<String> storage =
            Opened.with(Opened.at(proxy.port()).with("pool", 1).with("timeout", "60s"))) {
      storage.put("k", "v");
      REDIS.get().call("CONFIG", "SET", "slowlog-log-slower-than", "0");
      REDIS.get().call("SLOWLOG", "RESET");
      long before = proxy.requestBytes();
      proxy.delayReplies(Duration.ofHours(1));
      for (int i = 0; i <= waiters; i++) {
        int number = i;
        Thread thread = new Thread(() -> storage.put("order" + number, "v"));
        threads.add(thread);
        thread.start();
        if (i > 0) {
          Polling.until("the thread waits", () -> isWaiting(thread));
        } else {
          Polling.until("the first thread has asked", () -> proxy.requestBytes() > before);
        }
      }
      proxy.heal();
      for (Thread thread : threads) {
        thread.join(TimeUnit.SECONDS.toMillis(60));
      }
      assertThat(written())
          .containsExactlyElementsOf(
              IntStream.rangeClosed(0, waiters).mapToObj(i -> "jstorage:order" + i).toList());
    }
  }

  /** The keys that were set, in the order in which the server did so. */
  private static List<String> written() {
    List<String> keys = new ArrayList<>();
    for (Object entry :
        (List<?>) Objects.requireNonNull(REDIS.get().call("SLOWLOG", "GET", "128"))) {
      List<?> command = (List<?>) ((List<?>) entry).get(3);
      if ("SET".equals(command.get(0))) {
        keys.add(0, String.valueOf(command.get(1)));
      }
    }
    return keys;
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING
        || thread.getState() == Thread.State.WAITING;
  }

  @Test
  void interruptedThreadsLeaveAStorageThatWorks() throws Exception {
    int count = 8;
    ExecutorService threads = threads(count);
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port());
        Storage<String> storage = Opened.with(Opened.at(proxy.port()).with("pool", 4))) {
      proxy.delayReplies(Duration.ofMillis(2));
      List<Thread> workers = Collections.synchronizedList(new ArrayList<>());
      List<Future<?>> running = new ArrayList<>();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
      for (int t = 0; t < count; t++) {
        String key = "interrupted" + t;
        running.add(
            threads.submit(
                () -> {
                  workers.add(Thread.currentThread());
                  callInterrupted(storage, key, end);
                }));
      }
      Polling.until("all threads run", () -> workers.size() == count);
      while (System.nanoTime() < end) {
        workers.forEach(Thread::interrupt);
        TimeUnit.MILLISECONDS.sleep(7);
      }
      for (Future<?> future : running) {
        future.get(2, TimeUnit.MINUTES);
      }
      proxy.heal();
      // All connections can be had at the same time: none was lost.
      proxy.delayReplies(Duration.ofMillis(50));
      running.clear();
      for (int t = 0; t < count; t++) {
        String key = "after" + t;
        running.add(
            threads.submit(
                () -> {
                  storage.put(key, key);
                  assertThat(storage.get(key)).hasValue(key);
                }));
      }
      for (Future<?> future : running) {
        future.get(2, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void callInterrupted(Storage<String> storage, String key, long end) {
    String acknowledged = null;
    boolean known = true;
    for (int i = 0; System.nanoTime() < end; i++) {
      try {
        String value = key + "=" + i;
        storage.put(key, value);
        acknowledged = value;
        known = true;
      } catch (StorageException e) {
        known &= !e.outcomeUnknown();
      }
      try {
        String found = storage.get(key).orElse(null);
        if (known) {
          assertThat(found).isEqualTo(acknowledged);
        } else if (found != null) {
          assertThat(found).startsWith(key + "=");
        }
      } catch (StorageException e) {
        // Interrupted: a failure, not an answer.
      }
      Thread.interrupted();
    }
  }

  @Test
  void anInterruptIsNotSwallowed() {
    try (Storage<String> storage = Opened.with(Opened.at(REDIS.get().port()))) {
      storage.put("k", "v");
      Thread.currentThread().interrupt();
      try {
        assertThat(storage.get("k")).hasValue("v");
      } catch (StorageException e) {
        assertThat(e).isInstanceOf(StorageUnavailableException.class);
      }
      assertThat(Thread.interrupted()).isTrue();
      assertThat(storage.get("k")).hasValue("v");
    }
  }
}
