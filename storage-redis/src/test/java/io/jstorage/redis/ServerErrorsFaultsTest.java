package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.BatchException;
import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Version;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.RedisConnection;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ScriptedServer;
import io.jstorage.redis.server.ServerExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server is there and says no. */
class ServerErrorsFaultsTest {
  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  @BeforeEach
  void empty() {
    REDIS.get().call("FLUSHALL");
  }

  @Test
  void aValueThatIsNotAStringIsAFailureOfThatKeyAlone() {
    try (Storage<String> storage = Opened.with(Opened.at(REDIS.get().port()))) {
      REDIS.get().call("RPUSH", "jstorage:list", "a", "b");
      storage.put("text", "v");
      Version version = storage.entry("text").orElseThrow().version().orElseThrow();
      assertThat(Opened.failure(() -> storage.get("list"))).hasMessageContaining("list");
      Opened.failure(() -> storage.entry("list"));
      Opened.failure(() -> storage.require("list"));
      StorageException replace = Opened.failure(() -> storage.replace("list", version, "w"));
      assertThat(replace.outcomeUnknown()).isFalse();
      StorageException remove = Opened.failure(() -> storage.remove("list", version));
      assertThat(remove.outcomeUnknown()).isFalse();
      assertThat(storage.get("text")).hasValue("v");
      assertThat(REDIS.get().call("LLEN", "jstorage:list")).isEqualTo(2L);
    }
  }

  @Test
  void aValueThatIsNotAStringIsNoMissInABatch() {
    try (Storage<String> storage = Opened.with(Opened.at(REDIS.get().port()))) {
      REDIS.get().call("RPUSH", "jstorage:list", "a", "b");
      storage.put("text", "v");
      StorageException failure =
          Opened.failure(() -> storage.getAll(List.of("text", "list", "absent")));
      assertThat(failure).isInstanceOf(BatchException.class);
      assertThat(((BatchException) failure).failures()).containsOnlyKeys("list");
    }
  }

  @Test
  void putAndRemoveRepairAKeyThatHoldsNoString() {
    try (Storage<String> storage = Opened.with(Opened.at(REDIS.get().port()))) {
      REDIS.get().call("RPUSH", "jstorage:put", "a");
      REDIS.get().call("RPUSH", "jstorage:remove", "a");
      storage.put("put", "v");
      assertThat(storage.get("put")).hasValue("v");
      assertThat(storage.remove("remove")).isTrue();
      assertThat(storage.get("remove")).isEmpty();
    }
  }

  @Test
  void aServerOutOfMemoryRefusesWritesKeepsTheOldValuesAndRecovers() {
    try (RedisServer server = RedisServer.start();
        Storage<String> storage = Opened.with(Opened.at(server.port()))) {
      storage.put("k", "old");
      Version version = storage.entry("k").orElseThrow().version().orElseThrow();
      server.call("CONFIG", "SET", "maxmemory-policy", "noeviction");
      server.call("CONFIG", "SET", "maxmemory", "1");
      assertHarmless(Opened.failure(() -> storage.put("k", "new")));
      assertHarmless(Opened.failure(() -> storage.putIfAbsent("l", "new")));
      assertHarmless(Opened.failure(() -> storage.replace("k", version, "new")));
      assertHarmless(Opened.failure(() -> storage.putAll(Map.of("k", "new", "l", "new"))));
      assertThat(storage.get("k")).hasValue("old");
      assertThat(storage.get("l")).isEmpty();
      assertThat(storage.remove("k")).isTrue();
      server.call("CONFIG", "SET", "maxmemory", "0");
      storage.put("k", "later");
      assertThat(storage.get("k")).hasValue("later");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertHarmless(StorageException failure) {
    assertThat(failure.outcomeUnknown()).as("%s", failure).isFalse();
    assertThat(failure).hasMessageContaining("OOM");
  }

  /** Until it has loaded the master's values, a replica answers from its own, or that it loads. */
  private static boolean hasLoaded(Storage<String> replica, String key) {
    try {
      return replica.contains(key);
    } catch (StorageException e) {
      return false;
    }
  }

  @Test
  void aReplicaAnswersReadsAndRefusesWrites() throws IOException {
    RedisServer master = REDIS.get();
    master.call("CONFIG", "SET", "repl-diskless-sync-delay", "0");
    try (RedisServer replica =
            RedisServer.builder()
                .with("--replicaof", "127.0.0.1", Integer.toString(master.port()))
                .start();
        Storage<String> writer = Opened.with(Opened.at(master.port()));
        Storage<String> reader = Opened.with(Opened.at(replica.port()))) {
      writer.put("k", "v");
      Polling.until("the replica has loaded the key", () -> hasLoaded(reader, "k"));
      assertThat(reader.get("k")).hasValue("v");
      Version version = reader.entry("k").orElseThrow().version().orElseThrow();
      List<StorageException> failures = new ArrayList<>();
      failures.add(Opened.failure(() -> reader.put("k", "w")));
      failures.add(Opened.failure(() -> reader.putIfAbsent("l", "w")));
      failures.add(Opened.failure(() -> reader.replace("k", version, "w")));
      failures.add(Opened.failure(() -> reader.remove("k")));
      failures.add(Opened.failure(() -> reader.remove("k", version)));
      failures.add(Opened.failure(() -> reader.putAll(Map.of("k", "w"))));
      failures.add(Opened.failure(() -> reader.removeAll(List.of("k"))));
      failures.add(Opened.failure(reader::clear));
      for (StorageException failure : failures) {
        assertThat(failure.outcomeUnknown()).as("%s", failure).isFalse();
        assertThat(failure).hasMessageContaining("read only replica");
      }
      assertThat(writer.get("k")).hasValue("v");
    }
  }

  @Test
  void aServerThatLoadsItsDataIsUnavailableOrWaitedForAndNeverAMiss() throws IOException {
    try (RedisServer server = RedisServer.builder().with("--rdbcompression", "no").start();
        Storage<String> patient = Opened.with(Opened.at(server.port()));
        Storage<String> hasty = Opened.at(server.port(), "timeout", "500ms")) {
      // The server answers after each kilobyte that it has loaded, and loads for 40 seconds.
      Map<String, String> entries = new TreeMap<>();
      for (int i = 0; i < 200; i++) {
        entries.put("k" + i, "v".repeat(1_100));
      }
      patient.putAll(entries);
      patient.put("k199", "v199");
      server.call("SAVE");
      server.restartLoading(
          "--key-load-delay", "200000", "--loading-process-events-interval-bytes", "1024");
      StorageException failure = Opened.failure(() -> hasty.get("k199"));
      assertThat(failure).isInstanceOf(StorageUnavailableException.class);
      Polling.until("a write is refused, and not only late", () -> isRefused(hasty, "k199"));
      server.call("CONFIG", "SET", "key-load-delay", "1000");
      assertThat(patient.get("k199")).hasValue("v199");
      patient.put("k199", "w");
      assertThat(patient.get("k199")).hasValue("w");
    }
  }

  /** Whether a write that must fail has changed nothing: a reply may also be late. */
  private static boolean isRefused(Storage<String> storage, String key) {
    StorageException failure = Opened.failure(() -> storage.put(key, "w"));
    assertThat(failure).isInstanceOf(StorageUnavailableException.class);
    return !failure.outcomeUnknown();
  }

  @Test
  void aServerThatTakesNoMoreClientsIsAFailureUntilItDoes() throws IOException {
    try (RedisServer server = RedisServer.start()) {
      StorageOptions options = Opened.at(server.port()).with("timeout", "500ms");
      try (RedisConnection one = server.connect();
          RedisConnection other = server.connect()) {
        assertThat(one.call("PING")).isEqualTo("PONG");
        assertThat(other.call("PING")).isEqualTo("PONG");
        one.call("CONFIG", "SET", "maxclients", "2");
        assertThat(Opened.failureToReach(options)).hasMessageContaining(server.toString());
      }
      Polling.until("a client is let in", () -> isLetIn(options));
    }
  }

  private static boolean isLetIn(StorageOptions options) {
    try (Storage<String> storage = Opened.with(options)) {
      storage.put("k", "v");
      return storage.get("k").isPresent();
    } catch (StorageException e) {
      return false;
    }
  }

  @Test
  void conditionalWritesSurviveThatTheServerForgetsItsScripts() {
    try (Storage<String> storage = Opened.with(Opened.at(REDIS.get().port()))) {
      storage.put("k", "v0");
      for (int i = 0; i < 10; i++) {
        Version version = storage.entry("k").orElseThrow().version().orElseThrow();
        REDIS.get().call("SCRIPT", "FLUSH");
        assertThat(storage.replace("k", version, "v" + (i + 1))).isTrue();
        REDIS.get().call("SCRIPT", "FLUSH");
        assertThat(storage.replace("k", version, "stale")).isFalse();
        REDIS.get().call("SCRIPT", "FLUSH");
        assertThat(storage.remove("k", version)).isFalse();
      }
      assertThat(storage.get("k")).hasValue("v10");
      Version version = storage.entry("k").orElseThrow().version().orElseThrow();
      REDIS.get().call("SCRIPT", "FLUSH");
      assertThat(storage.remove("k", version)).isTrue();
    }
  }

  /** The server's error for an unknown script must not be taken for the password. */
  @Test
  void conditionalWritesWorkWithAPasswordThatIsInTheErrorOfAnUnknownScript() throws IOException {
    try (RedisServer server = RedisServer.builder().password("EVAL").start();
        Storage<String> storage = Opened.at(server.port(), "password", "EVAL")) {
      storage.put("k", "old");
      Version version = storage.entry("k").orElseThrow().version().orElseThrow();
      assertThat(storage.replace("k", version, "new")).isTrue();
      assertThat(storage.get("k")).hasValue("new");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR something",
        "OOM command not allowed when used memory > 'maxmemory'.",
        "READONLY You can't write against a read only replica.",
        "NOAUTH Authentication required.",
        "NOPERM this user has no permissions to run the command",
        "MISCONF Redis is configured to save RDB snapshots",
        "NOREPLICAS Not enough good replicas to write.",
        "MOVED 866 127.0.0.1:1",
        "ASK 866 127.0.0.1:1",
        "NOSCRIPT No matching script.",
        "UNKILLABLE Sorry",
        "something nobody has heard of"
      })
  void anErrorReplyIsAFailureThatChangedNothing(String error) throws IOException {
    Version version = someVersion();
    try (ScriptedServer server = ScriptedServer.answering(words -> "-" + error + "\r\n");
        Storage<String> storage = Opened.with(Opened.at(server.port()))) {
      List<StorageException> failures = new ArrayList<>();
      failures.add(Opened.failure(() -> storage.get("k")));
      failures.add(Opened.failure(() -> storage.entry("k")));
      failures.add(Opened.failure(() -> storage.contains("k")));
      failures.add(Opened.failure(() -> storage.put("k", "v")));
      failures.add(Opened.failure(() -> storage.putIfAbsent("k", "v")));
      failures.add(Opened.failure(() -> storage.replace("k", version, "v")));
      failures.add(Opened.failure(() -> storage.remove("k")));
      failures.add(Opened.failure(() -> storage.remove("k", version)));
      failures.add(Opened.failure(() -> storage.getAll(List.of("k", "l"))));
      failures.add(Opened.failure(() -> storage.putAll(Map.of("k", "v", "l", "v"))));
      failures.add(Opened.failure(() -> storage.removeAll(List.of("k", "l"))));
      failures.add(Opened.failure(storage::size));
      failures.add(Opened.failure(storage::clear));
      for (StorageException failure : failures) {
        assertThat(failure.outcomeUnknown()).as("%s", failure).isFalse();
      }
      Class<?> kind = kindOf(error);
      assertThat(failures.get(0)).isInstanceOf(kind);
      assertThat(failures.get(3)).isInstanceOf(kind);
    }
  }

  private static Version someVersion() {
    try (Storage<String> real = Opened.with(Opened.at(REDIS.get().port()))) {
      real.put("k", "v");
      return real.entry("k").orElseThrow().version().orElseThrow();
    }
  }

  private static Class<?> kindOf(String error) {
    return switch (error.split(" ", -1)[0]) {
      case "NOAUTH", "NOPERM" -> StorageAccessDeniedException.class;
      case "OOM", "READONLY", "MISCONF", "NOREPLICAS" -> StorageUnavailableException.class;
      default -> StorageException.class;
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOADING Redis is loading the dataset in memory",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
        "BUSY Redis is busy running a script.",
        "CLUSTERDOWN Hash slot not served",
        "TRYAGAIN Multiple keys request during rehashing of slot"
      })
  void aServerThatAsksToComeBackLaterIsAskedAgainUntilTheTimeout(String error) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer server =
            ScriptedServer.answering(
                words -> {
                  asked.incrementAndGet();
                  return "-" + error + "\r\n";
                });
        Storage<String> storage = Opened.at(server.port(), "timeout", "300ms")) {
      // A pause of the machine may be as long as the time-out.
      Polling.until(
          "a read is tried again",
          () -> {
            asked.set(0);
            assertThat(Opened.failure(() -> storage.get("k")))
                .isInstanceOf(StorageUnavailableException.class);
            return asked.get() > 1;
          });
      Polling.until(
          "a write is tried again",
          () -> {
            asked.set(0);
            return isRefused(storage, "k") && asked.get() > 1;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {":1\r\n", "*0\r\n", "*1\r\n$1\r\nx\r\n", "$-2\r\n", "$x\r\n", "?\r\n", "%1\r\n"})
  void aReplyOfTheWrongTypeIsAFailureAndNeverAMiss(String reply) throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(words -> reply);
        Storage<String> storage = Opened.at(server.port(), "timeout", "300ms")) {
      Opened.failure(() -> storage.get("k"));
      Opened.failure(() -> storage.getAll(List.of("k", "l")));
    }
  }

  /** Else the new server would go on at a place that only the old one knows. */
  @Test
  void aListingOmitsNothingWhereTheServerIsReplacedRightAfterTheFirstPage() throws Exception {
    AtomicBoolean replaced = new AtomicBoolean();
    try (ScriptedServer server =
            ScriptedServer.answering(
                words -> {
                  if (words.get(0).equals("INFO")) {
                    return replaced.getAndSet(true) ? "$12\r\nrun_id:new\r\n\r\n" : "?\r\n";
                  }
                  boolean begins = words.get(1).equals("0");
                  if (begins && !replaced.get()) {
                    return page("7", "jstorage:a");
                  }
                  return begins ? page("0", "jstorage:a", "jstorage:b") : page("0");
                });
        Storage<String> storage = Opened.with(Opened.at(server.port()));
        Stream<String> keys = storage.keys()) {
      assertThat(keys).containsExactlyInAnyOrder("a", "b");
    }
  }

  private static String page(String cursor, String... names) {
    StringBuilder reply =
        new StringBuilder("*2\r\n$1\r\n%s\r\n*%d\r\n".formatted(cursor, names.length));
    for (String name : names) {
      reply.append("$%d\r\n%s\r\n".formatted(name.length(), name));
    }
    return reply.toString();
  }
}
