package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** A client of the user's own stays the user's; one of ours is closed. */
class BorrowedClientTest {
  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  @Test
  void aBorrowedClientIsNotClosed() {
    try (RedisClient client = Opened.client(REDIS.get().port())) {
      Storage<String> storage = Opened.with(StorageOptions.of("client", client));
      storage.put("k", "v");
      assertThat(storage.unwrap(UnifiedJedis.class)).containsSame(client);
      storage.close();
      assertThat(client.get("jstorage:k")).isEqualTo("v");
      Opened.with(StorageOptions.of("client", client)).remove("k");
      assertThat(client.exists("jstorage:k")).isFalse();
    }
  }

  @Test
  void aClientOfOurOwnIsClosedWithTheStorage() {
    Polling.until("the clients of others are gone", () -> REDIS.get().clients() == 0);
    Storage<String> storage = Opened.with(Opened.at(REDIS.get().port()));
    storage.put("k", "v");
    assertThat(REDIS.get().clients()).isPositive();
    storage.close();
    Polling.until("the connections are closed", () -> REDIS.get().clients() == 0);
  }

  @Test
  void aBorrowedClientWhoseServerIsKilledFailsTypedAndRecovers() throws IOException {
    try (RedisServer server = RedisServer.builder().durable().start();
        RedisClient client = Opened.client(server.port())) {
      Storage<String> storage =
          Opened.with(StorageOptions.of("client", client, "timeout", "300ms"));
      Opened.patiently(() -> storage.put("k", "v"));
      server.kill();
      assertThat(Opened.failure(() -> storage.get("k")))
          .isInstanceOf(StorageUnavailableException.class);
      assertThat(Opened.failure(() -> storage.put("k", "w")))
          .isInstanceOf(StorageUnavailableException.class);
      server.restart();
      assertThat(
              Polling.result(StorageUnavailableException.class::isInstance, () -> storage.get("k")))
          .hasValue("v");
    }
  }
}
