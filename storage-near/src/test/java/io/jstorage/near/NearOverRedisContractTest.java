package io.jstorage.near;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.provider.StorageProvider;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.spi.Keys;
import io.jstorage.testkit.ModelSuite;
import io.jstorage.testkit.SettableClock;
import io.jstorage.testkit.StorageContract;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service as users open it, by the URL of a Redis. */
class NearOverRedisContractTest extends StorageContract {
  private static final AtomicInteger OPENED = new AtomicInteger();
  private static final StorageProvider PROVIDER = StorageProvider.load();

  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  private String namespace = "";

  private static Storage<String> over(String namespace) {
    String far =
        "redis://127.0.0.1:%d?timeout=30s&namespace=%s".formatted(REDIS.get().port(), namespace);
    return PROVIDER.create(
        "storage.near",
        String.class,
        StorageOptions.of("storage", far, "limit", 100, "negative", Duration.ofMinutes(5)));
  }

  @Override
  public Storage<String> open(SettableClock clock) {
    namespace = "near" + OPENED.incrementAndGet();
    return over(namespace);
  }

  @Override
  public Optional<Storage<String>> reopen(SettableClock clock) {
    return Optional.of(over(namespace));
  }

  @Override
  public Optional<Storage<String>> openNeighbour(SettableClock clock) {
    return Optional.of(over(namespace + "neighbour"));
  }

  @Override
  public void release() {
    REDIS.get().call("FLUSHALL");
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

  @Test
  void everyHistoryIsThatOfTheModel() {
    ModelSuite.of(this).histories(50).check();
  }
}
