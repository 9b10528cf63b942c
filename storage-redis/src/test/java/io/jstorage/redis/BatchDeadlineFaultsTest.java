package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jstorage.BatchException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.redis.server.RedisCluster;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.TcpProxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A batch takes one time-out in all when a server does not reply, however many keys it has. */
@Timeout(300)
class BatchDeadlineFaultsTest {
  private static final int KEYS = 30_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** Thirty requests of a thousand keys would take longer on a machine with nothing else. */
  private static final Duration LIMIT = TIMEOUT.multipliedBy(20);

  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  @RegisterExtension
  static final ServerExtension<RedisCluster> CLUSTER =
      ServerExtension.of(RedisCluster::startBehindProxies);

  private record Batch(String name, Consumer<Storage<String>> call) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Batch> batches() {
    return Stream.of(
        new Batch("putAll", storage -> storage.putAll(entries())),
        new Batch("getAll", storage -> storage.getAll(keys())),
        new Batch("removeAll", storage -> storage.removeAll(keys())));
  }

  private static Map<String, String> entries() {
    Map<String, String> entries = new HashMap<>();
    keys().forEach(key -> entries.put(key, "v"));
    return entries;
  }

  private static List<String> keys() {
    return Stream.iterate(0, i -> i + 1).limit(KEYS).map(i -> "k" + i).toList();
  }

  @ParameterizedTest
  @MethodSource("batches")
  void aServerThatDoesNotReplyCostsOneTimeout(Batch batch) {
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port());
        Storage<String> storage = Opened.at(proxy.port(), "timeout", TIMEOUT)) {
      proxy.swallowReplies();
      long before = proxy.requestBytes();
      assertThat(failuresWithin(LIMIT, storage, batch)).hasSize(KEYS);
      assertThat(proxy.requestBytes() - before)
          .as("the bytes of requests, of which each key alone has twenty")
          .isLessThan(20L * KEYS * 2 / 3);
    }
  }

  @Test
  void aServerThatIsDownCostsOneTimeout() {
    Batch batch = batches().findFirst().orElseThrow();
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port());
        Storage<String> storage = Opened.at(proxy.port(), "timeout", TIMEOUT)) {
      proxy.stopListening();
      assertThat(failuresWithin(LIMIT, storage, batch)).hasSize(KEYS);
    }
  }

  @Test
  void aNodeOfAClusterThatDoesNotReplyCostsOneTimeoutAndOnlyItsOwnKeys() {
    Batch batch = batches().findFirst().orElseThrow();
    TcpProxy proxy = CLUSTER.get().proxy(1);
    StorageOptions options =
        StorageOptions.of(
            "cluster", CLUSTER.get().addresses(), "timeout", Opened.LONGER_THAN_A_PAUSE);
    Set<String> there =
        keys().stream().filter(BatchDeadlineFaultsTest::isOnSecondNode).collect(Collectors.toSet());
    try (Storage<String> storage = Opened.with(options)) {
      storage.putAll(entries());
      proxy.swallowReplies();
      try {
        assertThat(failuresWithin(LIMIT, storage, batch).keySet()).isEqualTo(there);
      } finally {
        proxy.heal();
        proxy.cutAll();
      }
    }
  }

  private static boolean isOnSecondNode(String key) {
    int slot = JedisClusterCRC16.getSlot("jstorage:" + key);
    return slot >= 16_384 / 3 && slot < 16_384 * 2 / 3;
  }

  private static Map<String, StorageException> failuresWithin(
      Duration limit, Storage<String> storage, Batch batch) {
    long begun = System.nanoTime();
    BatchException failure =
        catchThrowableOfType(BatchException.class, () -> batch.call().accept(storage));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(limit);
    Map<String, StorageException> failures = failure.failures();
    assertThat(failures.values()).hasOnlyElementsOfType(StorageUnavailableException.class);
    return failures;
  }
}
