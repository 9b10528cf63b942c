package io.jstorage.redis;

import io.jstorage.Storage;
import io.jstorage.provider.StorageProvider;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.testkit.MapSuite;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contract of maps, on a service as users open it: by a URL. The services differ in the codec
 * alone, and the store is held to the contract of storages on servers of each kind.
 */
class ServiceAsMapTest {
  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  private final StorageProvider provider = StorageProvider.load();

  private Storage<String> emptied() {
    RedisServer server = REDIS.get();
    server.call("FLUSHALL");
    String url =
        "redis.json://%s:%d/2?namespace=map&timeout=30s".formatted(server.host(), server.port());
    return provider.open(url, String.class);
  }

  @TestFactory
  Stream<DynamicNode> itsViewIsAConcurrentMap() {
    return MapSuite.of(this::emptied).tests();
  }
}
