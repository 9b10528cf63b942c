package io.jstorage.redis;

import io.jstorage.redis.server.RedisCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ClusterContractTest extends RedisStoreContract {
  private static RedisCluster cluster;

  @BeforeAll
  static void start() {
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Override
  void flush() {
    for (int i = 0; i < cluster.addresses().size(); i++) {
      cluster.node(i).call("FLUSHALL");
    }
  }

  @Override
  RedisStoreBuilder builder() {
    return RedisStore.inCluster(cluster.addresses());
  }
}
