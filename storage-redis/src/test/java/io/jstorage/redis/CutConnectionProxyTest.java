package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Version;
import io.jstorage.jvm.Durations;
import io.jstorage.jvm.Polling;
import io.jstorage.jvm.Together;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The connection breaks at the worst moment, which is every moment. */
class CutConnectionProxyTest {
  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  private TcpProxy proxy;

  /**
   * A call, whether there is an entry before it, what a successful call leaves, and whether it may
   * be repeated until it succeeds.
   */
  private record Operation(String name, boolean present, @Nullable String after, Action action) {
    boolean isWrite() {
      return present ? !"old".equals(after) : after != null;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  private interface Action {
    void run(Storage<String> storage, Version version);
  }

  static List<Operation> operations() {
    return List.of(
        new Operation("get", true, "old", (s, v) -> assertThat(s.get("k")).hasValue("old")),
        new Operation("get a miss", false, null, (s, v) -> assertThat(s.get("k")).isEmpty()),
        new Operation(
            "entry",
            true,
            "old",
            (s, v) -> assertThat(s.entry("k").orElseThrow().value()).isEqualTo("old")),
        new Operation("contains", true, "old", (s, v) -> assertThat(s.contains("k")).isTrue()),
        new Operation(
            "getAll",
            true,
            "old",
            (s, v) ->
                assertThat(s.getAll(List.of("none", "k", "other")))
                    .containsExactly(Map.entry("k", "old"), Map.entry("other", "another"))),
        new Operation(
            "keys",
            true,
            "old",
            (s, v) -> {
              try (Stream<String> keys = s.keys()) {
                assertThat(keys).containsExactlyInAnyOrder("k", "other");
              }
            }),
        new Operation("size", true, "old", (s, v) -> assertThat(s.size()).isEqualTo(2)),
        new Operation("put", true, "new", (s, v) -> s.put("k", "new")),
        new Operation("put a new key", false, "new", (s, v) -> s.put("k", "new")),
        new Operation(
            "put with a ttl", true, "new", (s, v) -> s.put("k", "new", Duration.ofHours(1))),
        new Operation("putAll", true, "new", (s, v) -> s.putAll(Map.of("k", "new"))),
        new Operation(
            "putIfAbsent", false, "new", (s, v) -> assertThat(s.putIfAbsent("k", "new")).isTrue()),
        new Operation(
            "putIfAbsent in vain",
            true,
            "old",
            (s, v) -> assertThat(s.putIfAbsent("k", "new")).isFalse()),
        new Operation(
            "replace", true, "new", (s, v) -> assertThat(s.replace("k", v, "new")).isTrue()),
        new Operation("remove", true, null, (s, v) -> assertThat(s.remove("k")).isTrue()),
        new Operation(
            "remove by version", true, null, (s, v) -> assertThat(s.remove("k", v)).isTrue()),
        new Operation("removeAll", true, null, (s, v) -> s.removeAll(List.of("k"))));
  }

  @BeforeEach
  void start() {
    REDIS.get().call("FLUSHALL");
    proxy = new TcpProxy(REDIS.get().port());
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aConnectionCutAtAnyByteOfAReplyIsARightAnswerOrAFailure(Operation operation) {
    int cuts = 0;
    try (Storage<String> direct = Opened.with(Opened.at(REDIS.get().port()))) {
      while (cutAt(operation, cuts, direct)) {
        cuts++;
      }
    }
    assertThat(cuts).as("bytes of the reply to %s", operation).isGreaterThan(2);
  }

  /** Whether the reply was long enough to be cut there. */
  private boolean cutAt(Operation operation, int bytes, Storage<String> direct) {
    direct.put("other", "another");
    if (operation.present()) {
      direct.put("k", "old");
    } else {
      direct.remove("k");
    }
    Version version =
        direct
            .entry("k")
            .flatMap(io.jstorage.Entry::version)
            .orElseGet(() -> Version.parse("unused"));
    boolean cut;
    try (Storage<String> storage = Opened.with(Opened.at(proxy.port()))) {
      assertThat(storage.get("other")).hasValue("another");
      proxy.cutAfter(bytes);
      @Nullable StorageException failure = attempt(operation, storage, version);
      cut = proxy.hasCut();
      proxy.heal();
      String found = direct.get("k").orElse(null);
      String where = "%s, cut after %d bytes: %s".formatted(operation, bytes, failure);
      String before = operation.present() ? "old" : null;
      if (failure == null) {
        assertThat(found).as(where).isEqualTo(operation.after());
      } else if (failure.outcomeUnknown()) {
        assertThat(operation.isWrite() || operation.name().contains("in vain")).as(where).isTrue();
        assertThat(found).as(where).isIn(before, operation.after());
      } else {
        assertThat(found).as(where).isEqualTo(before);
      }
      // The rest of a reply is not taken for the next one.
      assertThat(storage.get("other")).as(where).hasValue("another");
      assertThat(storage.get("none")).as(where).isEmpty();
      storage.put("k", "later");
      assertThat(storage.get("k")).as(where).hasValue("later");
    }
    return cut;
  }

  private static @Nullable StorageException attempt(
      Operation operation, Storage<String> storage, Version version) {
    try {
      operation.action().run(storage, version);
      return null;
    } catch (StorageException e) {
      return e;
    }
  }

  @Test
  void readsAreRepeatedWhenTheConnectionIsCut() {
    try (Storage<String> storage = Opened.with(Opened.at(proxy.port()))) {
      storage.put("k", "v");
      for (int bytes = 0; bytes < 5; bytes++) {
        proxy.cutAfter(bytes);
        assertThat(storage.get("k")).hasValue("v");
        assertThat(proxy.hasCut()).isTrue();
      }
    }
  }

  @Test
  void aWriteWhoseReplyIsLostSaysThatItsOutcomeIsUnknown() {
    try (Storage<String> storage = Opened.with(Opened.at(proxy.port()))) {
      storage.put("k", "oldest");
      Version first = storage.entry("k").orElseThrow().version().orElseThrow();
      // The script is on the server from now on.
      assertThat(storage.replace("k", first, "old")).isTrue();
      cutNextReply();
      StorageException failure = Opened.failure(() -> storage.put("k", "new"));
      assertThat(failure.outcomeUnknown()).isTrue();
      assertThat(failure)
          .hasMessageContaining("may have been carried out")
          .hasMessageNotContaining("is that a Redis server");
      assertThat(storage.get("k")).hasValue("new");
      Version version = storage.entry("k").orElseThrow().version().orElseThrow();
      cutNextReply();
      assertThat(Opened.failure(() -> storage.replace("k", version, "newer")).outcomeUnknown())
          .isTrue();
      assertThat(storage.get("k")).hasValue("newer");
      cutNextReply();
      assertThat(Opened.failure(() -> storage.remove("k")).outcomeUnknown()).isTrue();
      assertThat(storage.get("k")).isEmpty();
      cutNextReply();
      assertThat(Opened.failure(() -> storage.putIfAbsent("k", "first")).outcomeUnknown()).isTrue();
      assertThat(storage.get("k")).hasValue("first");
    }
  }

  /** Cuts the reply to the next request for the key, and not to a PING that may precede it. */
  private void cutNextReply() {
    proxy.pauseAfter("jstorage:k", () -> proxy.cutAfter(0));
  }

  @Test
  void aReplyThatComesAfterTheTimeoutAnswersNoLaterRequest() {
    try (Storage<String> storage = Opened.at(proxy.port(), "timeout", "300ms")) {
      for (int i = 0; i < 4; i++) {
        String number = Integer.toString(i);
        Opened.patiently(() -> storage.put("k" + number, "v" + number));
      }
      for (int i = 0; i < 4; i++) {
        String key = "k" + i;
        proxy.delayReplies(Duration.ofHours(1));
        assertThat(Opened.failure(() -> storage.get(key)))
            .isInstanceOf(StorageUnavailableException.class);
        // The reply comes now.
        proxy.heal();
        for (int j = 0; j < 4; j++) {
          String later = "k" + j;
          assertThat(Opened.patiently(() -> storage.get(later))).hasValue("v" + j);
        }
      }
    }
  }

  @Test
  void aReplyThatNeverComesIsAFailureWithinTheTimeout() throws Exception {
    Duration bound = Duration.ofSeconds(5);
    try (Storage<String> storage = Opened.at(proxy.port(), "timeout", "300ms")) {
      assertThat(Durations.shortest(bound, () -> timeWithoutReplies(storage))).isLessThan(bound);
    }
  }

  private Duration timeWithoutReplies(Storage<String> storage) {
    Opened.patiently(() -> storage.put("k", "old"));
    proxy.swallowReplies();
    long start = System.nanoTime();
    assertThat(Opened.failure(() -> storage.get("k")))
        .isInstanceOf(StorageUnavailableException.class);
    StorageException put = Opened.failure(() -> storage.put("k", "new"));
    assertThat(put).isInstanceOf(StorageUnavailableException.class);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    proxy.heal();
    String found = Opened.patiently(() -> storage.require("k"));
    assertThat(found).isIn(put.outcomeUnknown() ? List.of("old", "new") : List.of("old"));
    return taken;
  }

  @Test
  void connectionsThatDiedIdleAreNotHandedOut() throws InterruptedException {
    try (Storage<String> storage = Opened.with(Opened.at(proxy.port()))) {
      storage.put("k", "old");
      proxy.cutAll();
      // Longer idle than the second after which a connection is tried before it is used.
      TimeUnit.MILLISECONDS.sleep(1_200);
      storage.put("k", "new");
      assertThat(storage.get("k")).hasValue("new");
    }
  }

  @Test
  void aServerThatHangsCostsTheTimeoutAndNotOnceMoreForEachIdleConnection() throws Exception {
    Duration bound = Duration.ofSeconds(4);
    try (Storage<String> storage = Opened.at(proxy.port(), "timeout", "500ms")) {
      Opened.patiently(() -> storage.put("k", "v"));
      assertThat(Durations.shortest(bound, () -> timeUntilFailure(storage))).isLessThan(bound);
    }
  }

  /** Makes 16 connections, lets them be idle, and lets the server hang. */
  private Duration timeUntilFailure(Storage<String> storage) throws Exception {
    proxy.delayReplies(Duration.ofMillis(200));
    Together.run(16, number -> assertThat(Opened.patiently(() -> storage.get("k"))).hasValue("v"));
    proxy.heal();
    // Longer idle than the second after which a connection is tried before it is used.
    TimeUnit.MILLISECONDS.sleep(1_200);
    proxy.swallowReplies();
    Duration taken =
        Durations.of(
            () ->
                assertThat(Opened.failure(() -> storage.get("k")))
                    .isInstanceOf(StorageUnavailableException.class));
    proxy.heal();
    assertThat(Opened.patiently(() -> storage.get("k"))).hasValue("v");
    return taken;
  }

  @Test
  void concurrentCallsOverAConnectionThatBreaksGetTheirOwnAnswers() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
    AtomicInteger failures = new AtomicInteger();
    AtomicInteger answers = new AtomicInteger();
    AtomicBoolean stopped = new AtomicBoolean();
    try (Storage<String> storage = Opened.with(Opened.at(proxy.port()))) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String mine = "k" + t;
        running.add(
            pool.submit(
                () -> {
                  String acknowledged = null;
                  boolean known = true;
                  for (int i = 0; !stopped.get(); i++) {
                    String value = mine + "=" + i;
                    try {
                      storage.put(mine, value);
                      acknowledged = value;
                      known = true;
                    } catch (StorageException e) {
                      failures.incrementAndGet();
                      known &= !e.outcomeUnknown();
                    }
                    try {
                      String found = storage.get(mine).orElse(null);
                      answers.incrementAndGet();
                      if (known) {
                        assertThat(found).isEqualTo(acknowledged);
                      } else if (found != null) {
                        assertThat(found).startsWith(mine + "=");
                      } else {
                        assertThat(acknowledged).isNull();
                      }
                    } catch (StorageException e) {
                      failures.incrementAndGet();
                    }
                  }
                }));
      }
      Polling.until(
          "calls are answered, and calls fail",
          () -> {
            proxy.cutAfter(ThreadLocalRandom.current().nextInt(1_000));
            return System.nanoTime() > end && answers.get() > 0 && failures.get() > 0;
          });
      stopped.set(true);
      proxy.heal();
      for (Future<?> future : running) {
        future.get(60, TimeUnit.SECONDS);
      }
      for (int t = 0; t < threads; t++) {
        storage.put("k" + t, "end");
        assertThat(storage.get("k" + t)).hasValue("end");
      }
    } finally {
      stopped.set(true);
      pool.shutdownNow();
    }
  }
}
