package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.jvm.Durations;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.RedisCluster;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/** Nodes of a Cluster that are down, hang, or come back. */
class ClusterFaultsTest {
  private static final int NODES = 3;

  @RegisterExtension
  static final ServerExtension<RedisCluster> CLUSTER =
      ServerExtension.of(RedisCluster::startBehindProxies);

  private static Storage<String> open(Object timeout) {
    StorageOptions options =
        StorageOptions.of("cluster", CLUSTER.get().addresses(), "timeout", timeout);
    return Opened.patiently(options);
  }

  private static Map<String, String> entries() {
    Map<String, String> entries = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      entries.put("k" + i, "v" + i);
    }
    return entries;
  }

  private static List<TcpProxy> proxies() {
    List<TcpProxy> proxies = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      proxies.add(CLUSTER.get().proxy(i));
    }
    return proxies;
  }

  @BeforeEach
  void empty() {
    for (int i = 0; i < NODES; i++) {
      CLUSTER.get().node(i).call("FLUSHALL");
    }
  }

  @AfterEach
  void heal() {
    proxies().forEach(TcpProxy::heal);
  }

  @Test
  void aListingAfterAllConnectionsBrokeGivesEveryKey() {
    try (Storage<String> storage = open("30s")) {
      storage.putAll(entries());
      proxies().forEach(TcpProxy::cutAll);
      assertThat(storage.size()).isEqualTo(entries().size());
      proxies().forEach(TcpProxy::cutAll);
      try (Stream<String> keys = storage.keys()) {
        assertThat(keys).containsExactlyInAnyOrderElementsOf(entries().keySet());
      }
    }
  }

  @Test
  void aListingWaitsForNodesThatComeBackWithinTheTimeout() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Storage<String> storage = open("30s")) {
      storage.putAll(entries());
      proxies().forEach(TcpProxy::stopListening);
      Future<Long> size = thread.submit(storage::size);
      TimeUnit.MILLISECONDS.sleep(50);
      proxies().forEach(TcpProxy::heal);
      assertThat(size.get(60, TimeUnit.SECONDS)).isEqualTo(entries().size());
    } finally {
      thread.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void theKeysOfTheOtherNodesCanBeReadWhileOneIsDown(int down) throws Exception {
    RedisCluster cluster = CLUSTER.get();
    try (Storage<String> storage = open(Opened.LONGER_THAN_A_PAUSE)) {
      storage.putAll(entries());
      cluster.proxy(down).stopListening();
      Map<String, String> there = new TreeMap<>(entries());
      there
          .keySet()
          .removeIf(
              key -> cluster.ownerOf(cluster.slotOf("jstorage:" + key)) == cluster.node(down));
      assertThat(there).isNotEmpty();
      assertThat(storage.getAll(there.keySet())).isEqualTo(there);
      String missing =
          entries().keySet().stream()
              .filter(key -> !there.containsKey(key))
              .findFirst()
              .orElseThrow();
      Opened.assertUnavailable(() -> storage.get(missing), storage::size);
      // The failures made the store ask anew which node has which keys.
      assertThat(storage.getAll(there.keySet())).isEqualTo(there);
    }
  }

  @Test
  void aClusterThatHangsCostsTheTimeoutAndNotOnceMoreForEachNode() throws Exception {
    Duration bound = Duration.ofMillis(2_500);
    assertThat(Durations.shortest(bound, this::timeUntilFailure)).isLessThan(bound);
  }

  /** How long the first call takes that meets the fault; a storage knows of it afterwards. */
  private Duration timeUntilFailure() throws Exception {
    try (Storage<String> storage = open("500ms")) {
      Opened.patiently(() -> storage.putAll(entries()));
      proxies().forEach(TcpProxy::swallowReplies);
      Duration taken =
          Durations.of(
              () ->
                  assertThat(Opened.failure(() -> storage.get("k1")))
                      .isInstanceOf(StorageUnavailableException.class));
      heal();
      assertThat(Opened.patiently(() -> storage.get("k1"))).hasValue("v1");
      return taken;
    }
  }

  @Test
  void anExhaustedPoolOfABorrowedClientIsAFailureWithinTheTimeout() throws Exception {
    GenericObjectPoolConfig<Connection> one = new GenericObjectPoolConfig<>();
    one.setMaxTotal(1);
    one.setJmxEnabled(false);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    TcpProxy proxy = CLUSTER.get().proxy(0);
    try (RedisClusterClient client =
            RedisClusterClient.builder()
                .nodes(Set.of(new HostAndPort(proxy.host(), proxy.port())))
                .poolConfig(one)
                .clientConfig(Opened.patient())
                .build();
        Storage<String> storage =
            Opened.with(StorageOptions.of("client", client, "timeout", "300ms"))) {
      Opened.patiently(() -> storage.put("k", "v"));
      Connection taken = client.getConnectionFromSlot(CLUSTER.get().slotOf("jstorage:k"));
      try {
        Future<StorageException> failure =
            thread.submit(() -> Opened.failure(() -> storage.get("k")));
        assertThat(failure.get(60, TimeUnit.SECONDS))
            .isInstanceOf(StorageUnavailableException.class);
      } finally {
        taken.close();
      }
      assertThat(Opened.patiently(() -> storage.get("k"))).hasValue("v");
    } finally {
      thread.shutdownNow();
    }
  }

  /** It says so by an empty host. */
  @Test
  void aNodeAloneThatDoesNotKnowItsAddressIsReachedWhereItWasNamed() throws IOException {
    try (RedisServer node =
        RedisServer.builder().password("secret").with("--cluster-enabled", "yes").start()) {
      node.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
      Polling.until(
          "the node serves all slots",
          () -> String.valueOf(node.call("CLUSTER", "INFO")).contains("cluster_state:ok"));
      assertThat(String.valueOf(node.call("CLUSTER", "SLOTS"))).contains("[, " + node.port());
      try (Storage<String> storage =
          Opened.with(StorageOptions.of("cluster", node.toString(), "password", "secret"))) {
        storage.putAll(entries());
        assertThat(storage.size()).isEqualTo(entries().size());
        assertThat(storage.get("k1")).hasValue("v1");
      }
    }
  }
}
