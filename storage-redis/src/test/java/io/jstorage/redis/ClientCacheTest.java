package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.redis.server.RedisConnection;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.TcpProxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.csc.CacheConfig;

/** A client that is borrowed may have a cache of its own, which lags behind the server. */
class ClientCacheTest {
  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  @Test
  void theCacheOfABorrowedClientIsNotReadFrom() throws Exception {
    assumeFalse(
        String.valueOf(REDIS.get().call("INFO", "server")).contains("server_name:valkey"),
        "Jedis refuses to cache what is read from a Valkey");
    try (TcpProxy proxy = pretending74();
        RedisClient client =
            RedisClient.builder()
                .hostAndPort(proxy.host(), proxy.port())
                .clientConfig(
                    DefaultJedisClientConfig.builder()
                        .timeoutMillis((int) Opened.PATIENT.toMillis())
                        .resp3()
                        .build())
                .cacheConfig(CacheConfig.builder().build())
                .build();
        RedisConnection other = REDIS.get().connect();
        Storage<String> storage = Opened.with(StorageOptions.of("client", client))) {
      for (int i = 0; i < 3_000; i++) {
        String value = Integer.toString(i);
        other.call("SET", "jstorage:k", value);
        assertThat(storage.get("k")).hasValue(value);
        assertThat(storage.getAll(List.of("k"))).containsEntry("k", value);
        assertThat(storage.entry("k").orElseThrow().value()).isEqualTo(value);
      }
      storage.put("k", "own");
      assertThat(client.get("jstorage:k")).isEqualTo("own");
    }
  }

  /** Jedis caches only what is read from a server that says that it is 7.4 or later. */
  private static TcpProxy pretending74() {
    TcpProxy proxy = new TcpProxy(REDIS.get().port());
    proxy.replaceInReplies("7.0.", "7.4.");
    return proxy;
  }
}
