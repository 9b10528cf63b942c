package io.jstorage.redis;

import io.jstorage.Storage;
import io.jstorage.provider.StorageProvider;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.spi.Keys;
import io.jstorage.testkit.MapSuite;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The contract, and that of maps, of a service as users open it: by a URL. The services differ in
 * the codec alone.
 */
class RedisServiceContractTest extends StorageContract {
  private static final AtomicInteger OPENED = new AtomicInteger();
  private static RedisServer server;

  private final StorageProvider provider = StorageProvider.load();
  private String namespace = "";

  @BeforeAll
  static void start() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private Storage<String> open(String inNamespace) {
    String url =
        "redis.json://%s:%d/2?namespace=%s".formatted(server.host(), server.port(), inNamespace);
    return provider.open(url, String.class);
  }

  @Override
  public Storage<String> open(SettableClock clock) {
    namespace = "service" + OPENED.incrementAndGet();
    return open(namespace);
  }

  @Override
  public Optional<Storage<String>> openAgain(SettableClock clock) {
    return Optional.of(open(namespace));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(open(namespace + "%2A"));
  }

  @Override
  public void release() {
    server.call("FLUSHALL");
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  @Override
  public boolean usesClock() {
    return false;
  }

  @Override
  public int rounds() {
    return 10;
  }

  @TestFactory
  Stream<DynamicNode> itsViewIsAConcurrentMap() {
    return MapSuite.of(
            () -> {
              server.call("FLUSHALL");
              return open("map");
            })
        .tests();
  }

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(50).check();
  }
}
