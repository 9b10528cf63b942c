package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jstorage.BatchException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.jvm.Callers;
import io.jstorage.jvm.Durations;
import io.jstorage.jvm.FileHandles;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ScriptedServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.TcpProxy;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Storages that are closed while they are used, and while the server does not answer. */
@Timeout(300)
class ClosingFaultsTest {
  private static final int USERS = 3;
  private static final Duration SOON = Duration.ofMinutes(1);

  /** Closings are over by then, with the calls in flight, but for those that meet a pause. */
  private static final Duration USUAL = Duration.ofSeconds(5);

  /** How many of 200 closings may meet a pause of the machine. */
  private static final int MAX_PAUSES = 10;

  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  private final ExecutorService users = Executors.newFixedThreadPool(USERS);

  @AfterEach
  void stopUsers() {
    users.shutdownNow();
  }

  @Test
  void twoHundredClosesUnderLoadLeaveNoConnectionNoFileHandleAndNoThread() throws Exception {
    int port = REDIS.get().port();
    closeUnderLoad(Opened.at(port, "timeout", "1h"), 1);
    long handles = FileHandles.count();
    Set<Thread> threads = threads();
    Random random = new Random(1);
    List<Duration> closings = new ArrayList<>();
    for (int round = 0; round < 200; round++) {
      closings.add(closeUnderLoad(Opened.at(port, "timeout", "1h"), 1 + random.nextInt(20)));
    }
    assertThat(closings)
        .filteredOn(closing -> closing.compareTo(USUAL) >= 0)
        .hasSizeLessThanOrEqualTo(MAX_PAUSES);
    Polling.until("all connections are closed", () -> REDIS.get().clients() == 0);
    Polling.until("no thread is left", () -> threads.containsAll(threads()));
    Polling.until("all file handles are given back", () -> FileHandles.count() <= handles);
  }

  private Duration closeUnderLoad(Storage<String> storage, int calls) throws Exception {
    CountDownLatch called = new CountDownLatch(calls);
    List<Future<?>> using = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      String key = "k" + i;
      using.add(
          users.submit(
              () -> {
                useUntilClosed(storage, key, called);
                return key;
              }));
    }
    called.await();
    return Durations.of(
        () -> {
          storage.close();
          for (Future<?> user : using) {
            user.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
          }
        });
  }

  private static void useUntilClosed(Storage<String> storage, String key, CountDownLatch called)
      throws Exception {
    Callers.untilClosed(
        List.of(
            () -> storage.put(key, "v"),
            () -> storage.get(key),
            () -> storage.putAll(Map.of(key, "v", "l", "v")),
            () -> storage.getAll(List.of(key, "l")),
            storage::size,
            () -> storage.remove(key)),
        StorageException.class,
        called);
  }

  @Test
  void callsThatAreRepeatedEndWhenTheStorageIsClosed() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.answering(
            words -> {
              asked.incrementAndGet();
              return "-LOADING Redis is loading the dataset in memory\r\n";
            })) {
      Storage<String> storage = Opened.at(server.port(), "timeout", "1h");
      List<Future<Throwable>> calls =
          List.of(
              users.submit(() -> catchThrowable(() -> storage.get("k"))),
              users.submit(() -> catchThrowable(() -> storage.put("k", "w"))),
              users.submit(() -> catchThrowable(() -> storage.removeAll(List.of("k", "l")))));
      Polling.until("all are repeated", () -> asked.get() > 20);
      storage.close();
      for (Future<Throwable> call : calls) {
        assertThat(call.get(SOON.toMillis(), TimeUnit.MILLISECONDS))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("closed")
            .matches(e -> !((StorageException) e).outcomeUnknown() || wasCut(e));
      }
    }
  }

  /**
   * Whether its connection was closed while it waited for a reply, and not between two attempts.
   */
  private static boolean wasCut(Throwable failure) {
    return Throwables.getStackTrace(failure).contains("the connection broke before the reply");
  }

  @Test
  void aBatchThatIsClosedWhileAPartOfItIsRepeatedReportsThatPartAlone() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.answering(
            words -> {
              if (String.join(" ", words).contains("done")) {
                return "+OK\r\n";
              }
              asked.incrementAndGet();
              return "-LOADING Redis is loading the dataset in memory\r\n";
            })) {
      Storage<String> storage = Opened.at(server.port(), "timeout", "1h");
      Future<Throwable> call =
          users.submit(
              () -> catchThrowable(() -> storage.putAll(Map.of("done", "v", "repeated", "v"))));
      Polling.until("a part is repeated", () -> asked.get() > 5);
      storage.close();
      assertThat(call.get(SOON.toMillis(), TimeUnit.MILLISECONDS))
          .isInstanceOfSatisfying(
              BatchException.class,
              failure -> assertThat(failure.failures()).containsOnlyKeys("repeated"));
    }
  }

  @Test
  void closingBreaksOffCallsThatWaitForAServerThatHangs() throws Exception {
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port())) {
      Storage<String> storage = Opened.at(proxy.port(), "timeout", "1h");
      storage.put("k", "v");
      List<Future<Throwable>> calls = new ArrayList<>();
      List<ThrowingCallable> blocked =
          List.of(
              () -> storage.put("k", "w"),
              () -> storage.get("k"),
              () -> storage.getAll(List.of("k", "l")));
      for (ThrowingCallable call : blocked) {
        CountDownLatch asked = new CountDownLatch(1);
        // Not before, as a connection that was idle is tried first.
        proxy.pauseAfter(
            "jstorage:k",
            () -> {
              proxy.swallowReplies();
              asked.countDown();
            });
        calls.add(users.submit(() -> catchThrowable(call)));
        asked.await();
      }
      storage.close();
      for (int i = 0; i < calls.size(); i++) {
        assertThat(calls.get(i).get(SOON.toMillis(), TimeUnit.MILLISECONDS))
            .isInstanceOfAny(StorageUnavailableException.class, BatchException.class)
            .hasMessageContaining("closed")
            .extracting(failure -> ((StorageException) failure).outcomeUnknown())
            .isEqualTo(i == 0);
      }
      Polling.until("all connections are closed", () -> REDIS.get().clients() == 0);
    }
  }

  @Test
  void closingBreaksOffCallsThatWaitForAConnection() throws Exception {
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port())) {
      Storage<String> storage =
          Opened.with(Opened.at(proxy.port()).with("timeout", "1h").with("pool", 1));
      proxy.swallowReplies();
      List<Future<Throwable>> calls = new ArrayList<>();
      for (int i = 0; i < USERS; i++) {
        calls.add(users.submit(() -> catchThrowable(() -> storage.get("k"))));
      }
      storage.close();
      for (Future<Throwable> call : calls) {
        assertThat(call.get(SOON.toMillis(), TimeUnit.MILLISECONDS))
            .isInstanceOfAny(StorageUnavailableException.class, IllegalStateException.class)
            .hasMessageContaining("closed");
      }
    }
  }

  /** Jedis connects again what was cut: in the first database, of whichever the storage is. */
  @Test
  void nothingIsWrittenIntoAnotherDatabaseWhenConnectionsAreCut() throws Exception {
    try (RedisServer server = RedisServer.start()) {
      for (int round = 0; round < 100; round++) {
        RedisStore store =
            RedisStore.at(server.host(), server.port())
                .timeout(Duration.ofHours(1))
                .database(3)
                .open();
        CountDownLatch called = new CountDownLatch(USERS);
        List<Future<?>> writing = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
          byte[] value = new byte[1 << (4 * i)];
          writing.add(users.submit(() -> writeUntilClosed(store, value, called)));
        }
        called.await();
        store.close();
        for (Future<?> user : writing) {
          user.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
      assertThat(server.call("DBSIZE")).isEqualTo(0L);
      assertThat(String.valueOf(server.call("INFO", "keyspace"))).contains("db3:");
    }
  }

  private static void writeUntilClosed(RedisStore store, byte[] value, CountDownLatch called) {
    Throwable failure = null;
    while (failure == null) {
      failure = catchThrowable(() -> store.write("k", value, WriteOptions.NONE));
      called.countDown();
    }
    assertThat(failure).isInstanceOf(IOException.class);
  }

  /** Threads of the storage and of its pools. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("jstorage-.*|commons-pool.*|[Jj]edis.*"))
        .collect(Collectors.toSet());
  }
}
