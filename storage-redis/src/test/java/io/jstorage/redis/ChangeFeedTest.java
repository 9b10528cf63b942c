package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Latches;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.RedisCluster;
import io.jstorage.redis.server.RedisSentinels;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;

/** Writes of others are reported; if some may have been missed, that is reported. */
@Timeout(300)
class ChangeFeedTest {
  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  private final Changes changes = new Changes();

  @BeforeEach
  void empty() {
    REDIS.get().call("FLUSHALL");
  }

  private static Storage<String> open() {
    return Opened.with(Opened.at(REDIS.get().port()));
  }

  private static Closeable watch(Storage<?> storage, ChangeListener listener) throws IOException {
    return storage.unwrap(ChangeFeed.class).orElseThrow().watch(listener);
  }

  private void awaitChange(String key) {
    Polling.until("the change of '" + key + "' is reported", () -> changes.has(key));
  }

  private void awaitResumption() {
    Polling.until("changes are reported again", changes::areBack);
  }

  @Test
  void everyKindOfChangeOfAnEntryIsReportedWhoeverMakesIt() throws IOException {
    RedisServer server = REDIS.get();
    server.call("SET", "jstorage:deleted", "v");
    server.call("SET", "jstorage:removed", "v");
    server.call("SET", "jstorage:replaced", "v");
    try (Storage<String> storage = open();
        Storage<String> other = open();
        Closeable watching = watch(storage, changes)) {
      assertThat(watching).isNotNull();
      storage.put("own", "v");
      other.put("other", "v");
      other.putIfAbsent("absent", "v");
      other.replace("replaced", other.entry("replaced").orElseThrow().version().orElseThrow(), "w");
      other.remove("removed");
      server.call("SET", "jstorage:foreign", "v");
      server.call("DEL", "jstorage:deleted");
      other.put("expired", "v", Duration.ofMillis(50));
      for (String key :
          List.of("own", "other", "absent", "replaced", "removed", "foreign", "deleted")) {
        awaitChange(key);
      }
      Polling.until("the expiry is reported after the write", () -> changes.times("expired") > 1);
      assertThat(changes.interruptions()).isEmpty();
    }
  }

  @Test
  void keysOfOthersAreNotReported() throws IOException {
    try (Storage<String> storage = open();
        Storage<String> neighbour =
            Opened.with(Opened.at(REDIS.get().port()).with("namespace", "jstorage2"));
        Closeable watching = watch(storage, changes)) {
      assertThat(watching).isNotNull();
      neighbour.put("theirs", "v");
      REDIS.get().call("SET", "jstorage", "v");
      REDIS.get().call("SET", "jstorage:", "v");
      storage.put("ours", "v");
      awaitChange("ours");
      assertThat(changes.keys()).containsExactly("ours");
    }
  }

  @Test
  void tenThousandChangesAtOnceAreAllReported() throws IOException {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      many.put("k" + i, "v");
    }
    try (Storage<String> storage = open();
        Storage<String> other = open();
        Closeable watching = watch(storage, changes)) {
      assertThat(watching).isNotNull();
      other.putAll(many);
      Polling.until("all are reported", () -> changes.count() == many.size());
      changes.forget();
      other.clear();
      Polling.until("all are reported", () -> changes.count() == many.size());
      assertThat(changes.interruptions()).isEmpty();
    }
  }

  @Test
  void aFlushIsReportedAsALoss() throws IOException {
    try (Storage<String> storage = open();
        Closeable watching = watch(storage, changes)) {
      assertThat(watching).isNotNull();
      REDIS.get().call("FLUSHALL");
      awaitResumption();
      assertThat(changes.interruptions()).startsWith("lost");
      storage.put("k", "v");
      awaitChange("k");
    }
  }

  @Test
  void aConnectionThatIsCutIsReportedAndReplaced() throws IOException {
    try (Storage<String> storage = open();
        Closeable watching = watch(storage, changes)) {
      assertThat(watching).isNotNull();
      for (int i = 0; i < 5; i++) {
        REDIS.get().call("CLIENT", "KILL", "TYPE", "pubsub");
        awaitResumption();
        assertThat(changes.interruptions()).startsWith("lost");
        storage.put("k" + i, "v");
        awaitChange("k" + i);
        changes.forget();
      }
    }
  }

  @Test
  void aServerThatIsKilledAndComesBackIsWatchedAgain() throws IOException {
    try (RedisServer server = RedisServer.start();
        Storage<String> storage = Opened.with(Opened.at(server.port()));
        Closeable watching = watch(storage, changes)) {
      assertThat(watching).isNotNull();
      server.kill();
      Polling.until("the loss is reported", changes::areLost);
      server.restart();
      awaitResumption();
      server.call("SET", "jstorage:k", "v");
      awaitChange("k");
    }
  }

  /** It neither replies nor closes its connections. */
  @Test
  void aServerThatIsStoppedIsReportedAsLost() throws IOException {
    try (RedisServer server = RedisServer.start();
        Storage<String> storage = Opened.at(server.port(), "timeout", "500ms");
        Closeable watching = watchAtLast(storage)) {
      assertThat(watching).isNotNull();
      server.suspend();
      try {
        Polling.until("the loss is reported", changes::areLost);
      } finally {
        server.resume();
      }
      awaitResumption();
      // The server may seem to be lost again.
      Polling.until(
          "changes are reported again",
          () -> {
            server.call("SET", "jstorage:k", "v");
            return changes.has("k");
          });
    }
  }

  /** Watches by a storage whose time-out may be over before the server replies. */
  private Closeable watchAtLast(Storage<?> storage) {
    return Polling.result(
        UncheckedIOException.class::isInstance,
        () -> {
          try {
            return watch(storage, changes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void aListenerThatIsTooSlowLosesChangesAndIsTold() throws Exception {
    try (RedisServer server =
            RedisServer.builder()
                .with("--client-output-buffer-limit", "pubsub", "100kb", "0", "0")
                .start();
        Storage<String> storage = Opened.with(Opened.at(server.port()))) {
      CountDownLatch slow = new CountDownLatch(1);
      ChangeListener listener =
          new ChangeListener() {
            @Override
            public void changed(String key) {
              Latches.await(slow);
              changes.changed(key);
            }

            @Override
            public void lost() {
              changes.lost();
            }

            @Override
            public void resumed() {
              changes.resumed();
            }
          };
      try (Closeable watching = watch(storage, listener)) {
        assertThat(watching).isNotNull();
        Polling.until(
            "the server has cut it off",
            () -> {
              Map<String, String> more = new HashMap<>();
              for (int i = 0; i < 1_000; i++) {
                more.put("x".repeat(200) + i, "v");
              }
              storage.putAll(more);
              return String.valueOf(server.call("CLIENT", "LIST", "TYPE", "pubsub")).isBlank();
            });
        slow.countDown();
        awaitResumption();
        assertThat(changes.interruptions()).startsWith("lost");
      } finally {
        slow.countDown();
      }
    }
  }

  @Test
  void aListenerThatThrowsGoesOnHearing() throws IOException {
    ChangeListener throwing =
        new ChangeListener() {
          @Override
          public void changed(String key) {
            changes.changed(key);
            if (key.equals("bad")) {
              Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {});
              throw new IllegalStateException("a listener must not throw");
            }
          }

          @Override
          public void lost() {}

          @Override
          public void resumed() {}
        };
    try (Storage<String> storage = open();
        Closeable watching = watch(storage, throwing)) {
      assertThat(watching).isNotNull();
      storage.put("bad", "v");
      storage.put("good", "v");
      awaitChange("good");
      assertThat(changes.has("bad")).isTrue();
    }
  }

  @Test
  @SuppressWarnings("try") // The closing is what is tried.
  void closingEndsTheReportsAndTheConnections() throws IOException {
    Storage<String> storage = open();
    try (Storage<String> other = open()) {
      Closeable watching = watch(storage, changes);
      Changes more = new Changes();
      watch(storage, more);
      other.put("before", "v");
      awaitChange("before");
      watching.close();
      watching.close();
      other.put("after", "v");
      Polling.until("the other watch goes on", () -> more.has("after"));
      assertThat(changes.keys()).containsExactly("before");
      storage.close();
      Polling.until(
          "no connection is left",
          () -> String.valueOf(REDIS.get().call("CLIENT", "LIST", "TYPE", "pubsub")).isBlank());
      assertThat(more.interruptions()).as("the end is told").containsExactly("lost");
    }
  }

  @Test
  void aServerThatIsDownAndAUserWithoutPermissionFailAtOnce() throws IOException {
    try (RedisServer server =
            RedisServer.builder()
                .user("app", "geheim", AclRules.documented().toArray(String[]::new))
                .start();
        Storage<String> storage =
            RedisStore.at(server.host(), server.port())
                .user("app", "geheim")
                .timeout(Opened.PATIENT)
                .storage(Codecs.text())) {
      assertThatThrownBy(() -> watch(storage, changes))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("NOPERM");
      server.call(
          ("ACL SETUSER app " + String.join(" ", AclRules.documentedForChanges())).split(" ", -1));
      watch(storage, changes).close();
      server.kill();
      assertThatThrownBy(() -> watch(storage, changes))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no connection");
      assertThat(changes.interruptions()).isEmpty();
    }
  }

  @Test
  void theConnectionsOfABorrowedClientServeToo() throws IOException {
    try (RedisClient client = Opened.client(REDIS.get().port());
        Storage<String> storage = Opened.with(StorageOptions.of("client", client));
        Closeable watching = watch(storage, changes)) {
      assertThat(watching).isNotNull();
      client.set("jstorage:k", "v");
      awaitChange("k");
    }
  }

  @Test
  void transformsOfTheValuesDoNotHideTheFeed() throws IOException {
    StorageOptions options = Opened.at(REDIS.get().port()).with("transforms", "gzip");
    try (Storage<String> storage = Opened.with(options.with("codec", "json"));
        Closeable watching = watch(storage, changes)) {
      assertThat(watching).isNotNull();
      storage.put("k", "v");
      awaitChange("k");
    }
  }

  @Test
  void aNewMasterIsWatched() throws IOException {
    try (RedisSentinels sentinels = RedisSentinels.start(1);
        Storage<String> storage =
            Opened.with(
                StorageOptions.of(
                    "sentinels", sentinels.addresses(), "master", RedisSentinels.MASTER));
        Closeable watching = watch(storage, changes)) {
      assertThat(watching).isNotNull();
      sentinels.killMaster();
      awaitResumption();
      Polling.until(
          "changes on the new master are reported",
          () -> {
            sentinels.master().call("SET", "jstorage:k", "v");
            return changes.has("k");
          });
    }
  }

  @Test
  void everyMasterOfAClusterIsWatchedAlsoWhileSlotsMove() throws IOException {
    try (RedisCluster cluster = RedisCluster.start();
        Storage<String> storage = Opened.with(StorageOptions.of("cluster", cluster.addresses()));
        Storage<String> other = Opened.with(StorageOptions.of("cluster", cluster.addresses()));
        Closeable watching = watch(storage, changes)) {
      assertThat(watching).isNotNull();
      for (int i = 0; i < 100; i++) {
        other.put("k" + i, "v");
      }
      Polling.until("all are reported", () -> changes.count() == 100);
      int slot = cluster.slotOf("jstorage:k0");
      RedisServer target =
          cluster.node(0) == cluster.ownerOf(slot) ? cluster.node(1) : cluster.node(0);
      cluster.moveSlot(slot, target, () -> {});
      changes.forget();
      other.put("k0", "on another node");
      awaitChange("k0");
      cluster.node(2).call("CLIENT", "KILL", "TYPE", "pubsub");
      awaitResumption();
      assertThat(changes.interruptions()).startsWith("lost");
    }
  }
}
