package io.jstorage.redis;

class TextServiceContractTest extends RedisServiceContract {
  TextServiceContractTest() {
    super("redis");
  }
}
