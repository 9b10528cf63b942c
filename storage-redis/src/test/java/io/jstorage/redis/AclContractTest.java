package io.jstorage.redis;

import io.jstorage.redis.server.RedisServer;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The whole contract, as a user who may do what the page says and nothing else. */
class AclContractTest extends RedisStoreContract {
  private static RedisServer server;

  @BeforeAll
  static void start() {
    String[] rules =
        Stream.concat(
                AclRules.documented().stream(), Stream.of(AclRules.forChanges().split(" ", -1)))
            .map(rule -> rule.replace("~jstorage:*", "~contract%3a*"))
            .toArray(String[]::new);
    server = RedisServer.builder().user("app", "p", rules).start();
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
    return RedisStore.at(server.host(), server.port()).user("app", "p");
  }
}
