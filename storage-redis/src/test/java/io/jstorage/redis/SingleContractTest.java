package io.jstorage.redis;

import io.jstorage.redis.server.RedisServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SingleContractTest extends RedisStoreContract {
  private static RedisServer server;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Override
  void flush() {
    server.call("FLUSHALL");
  }

  @Override
  RedisStoreBuilder builder() {
    return RedisStore.at(server.host(), server.port());
  }

  /** More than with Sentinels and a Cluster, which treat keys as a single server does. */
  @Override
  public int fuzzedKeys() {
    return 2_000;
  }
}
