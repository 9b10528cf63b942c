package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.BatchException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.redis.server.RedisCluster;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.TcpProxy;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The connection breaks in the middle of a batch, on one server and on one of several. */
class BatchesProxyTest {
  private static final int KEYS = 30;

  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  @RegisterExtension
  static final ServerExtension<RedisCluster> CLUSTER =
      ServerExtension.of(RedisCluster::startBehindProxies);

  private interface Call {
    void run(Storage<String> storage);
  }

  private static Map<String, String> entries(String value) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (int i = 0; i < KEYS; i++) {
      entries.put("k" + i, value + i);
    }
    return entries;
  }

  @Test
  void aBatchOnOneServerThatIsCutAnywhereAnswersOrSaysWhichKeysFailed() {
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port());
        Storage<String> storage = Opened.with(Opened.at(proxy.port()))) {
      cutEverywhere(storage, proxy);
    }
  }

  @Test
  void aBatchInAClusterOfWhichOneNodeIsCutAnywhereAnswersOrSaysWhichKeysFailed() {
    StorageOptions options = StorageOptions.of("cluster", CLUSTER.get().addresses());
    try (Storage<String> storage = Opened.with(options)) {
      cutEverywhere(storage, CLUSTER.get().proxy(1));
    }
  }

  private static void cutEverywhere(Storage<String> storage, TcpProxy proxy) {
    Map<String, String> old = entries("old");
    Map<String, String> fresh = entries("new");
    int reads = cut(storage, proxy, old, s -> assertThat(s.getAll(old.keySet())).isEqualTo(old));
    assertThat(reads).isGreaterThan(KEYS);
    int writes = cut(storage, proxy, fresh, s -> s.putAll(fresh));
    assertThat(writes).isGreaterThan(KEYS);
    int removals = cut(storage, proxy, Map.of(), s -> s.removeAll(old.keySet()));
    assertThat(removals).isGreaterThan(2);
  }

  /** How many bytes of replies there were to cut. */
  private static int cut(
      Storage<String> storage, TcpProxy proxy, Map<String, String> after, Call call) {
    Map<String, String> old = entries("old");
    int bytes = 0;
    while (true) {
      storage.putAll(old);
      proxy.cutAfter(bytes);
      @Nullable StorageException failure = failureOf(storage, call);
      boolean cut = proxy.hasCut();
      proxy.heal();
      Map<String, String> found = storage.getAll(old.keySet());
      for (String key : old.keySet()) {
        String where = "%s, cut after %d bytes: %s".formatted(key, bytes, failure);
        StorageException failed = failureFor(key, failure);
        String value = found.get(key);
        if (failed == null) {
          assertThat(value).as(where).isEqualTo(after.get(key));
        } else if (failed.outcomeUnknown()) {
          assertThat(value).as(where).isIn(old.get(key), after.get(key));
        } else {
          assertThat(value).as(where).isEqualTo(old.get(key));
        }
      }
      if (!cut) {
        return bytes;
      }
      bytes++;
    }
  }

  private static @Nullable StorageException failureOf(Storage<String> storage, Call call) {
    try {
      call.run(storage);
      return null;
    } catch (StorageException e) {
      return e;
    }
  }

  private static @Nullable StorageException failureFor(
      String key, @Nullable StorageException failure) {
    return failure instanceof BatchException batch ? batch.failures().get(key) : failure;
  }

  @Test
  void aNodeThatIsDownFailsItsKeysAndNoOthers() {
    RedisCluster cluster = CLUSTER.get();
    StorageOptions options =
        StorageOptions.of("cluster", cluster.addresses(), "timeout", Opened.LONGER_THAN_A_PAUSE);
    try (Storage<String> storage = Opened.with(options)) {
      Map<String, String> old = entries("old");
      storage.putAll(old);
      Set<String> down = new HashSet<>(old.keySet());
      down.removeIf(key -> cluster.ownerOf(cluster.slotOf("jstorage:" + key)) != cluster.node(2));
      cluster.proxy(2).stopListening();
      BatchException failure =
          catchThrowableOfType(BatchException.class, () -> storage.getAll(old.keySet()));
      assertThat(failure.failures().keySet()).isEqualTo(down);
      cluster.proxy(2).heal();
      assertThat(storage.getAll(old.keySet())).isEqualTo(old);
    } finally {
      cluster.proxy(2).heal();
    }
  }
}
