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

  /** More than on the servers of other kinds, which do not look at keys. */
  @Override
  public int fuzzedKeys() {
    return 2_000;
  }
}
