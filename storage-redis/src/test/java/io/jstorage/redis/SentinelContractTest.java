package io.jstorage.redis;

import io.jstorage.redis.server.RedisSentinels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SentinelContractTest extends RedisStoreContract {
  private static RedisSentinels sentinels;

  @BeforeAll
  static void start() {
    sentinels = RedisSentinels.start(1);
  }

  @AfterAll
  static void stop() throws Exception {
    sentinels.close();
  }

  @Override
  void flush() {
    sentinels.master().call("FLUSHALL");
  }

  @Override
  RedisStoreBuilder builder() {
    return RedisStore.viaSentinels(RedisSentinels.MASTER, sentinels.addresses());
  }
}
