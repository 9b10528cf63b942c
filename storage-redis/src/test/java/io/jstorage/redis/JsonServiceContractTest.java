package io.jstorage.redis;

class JsonServiceContractTest extends RedisServiceContract {
  JsonServiceContractTest() {
    super("redis.json");
  }
}
