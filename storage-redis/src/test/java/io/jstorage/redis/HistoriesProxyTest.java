package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.codec.Codecs;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.TcpProxy;
import io.jstorage.testkit.History;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand calls of eight threads, whose connections are cut meanwhile. */
class HistoriesProxyTest {
  private static final int CALLS = 10_000;

  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  @BeforeEach
  void empty() {
    REDIS.get().call("FLUSHALL");
  }

  @Test
  void callsAreLinearizable() {
    try (Storage<String> storage =
        RedisStore.at("127.0.0.1", REDIS.get().port()).storage(Codecs.text())) {
      History history = History.record(storage, CALLS, 10, 1);
      history.assertLinearizable();
      assertThat(history.failed() + history.unknown()).isZero();
    }
  }

  @Test
  void callsAreLinearizableWhileConnectionsAreCut() throws Exception {
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port());
        Storage<String> storage =
            RedisStore.at("127.0.0.1", proxy.port())
                .timeout(Duration.ofSeconds(2))
                .storage(Codecs.text())) {
      Thread cutter = new Thread(() -> cut(proxy));
      cutter.start();
      try {
        History history = History.record(storage, CALLS, 100, 2);
        history.assertLinearizable();
        assertThat(history.answered()).isGreaterThan(CALLS / 2);
        assertThat(history.unknown()).as("writes of which nobody knows").isGreaterThan(10);
      } finally {
        cutter.interrupt();
        cutter.join();
      }
    }
  }

  /** Cuts all connections, at once or in the middle of a reply, until it is interrupted. */
  private static void cut(TcpProxy proxy) {
    SplittableRandom random = new SplittableRandom(3);
    while (!Thread.currentThread().isInterrupted()) {
      if (random.nextBoolean()) {
        proxy.cutAll();
      } else {
        proxy.cutAfter(random.nextInt(500));
      }
      LockSupport.parkNanos(random.nextLong(5_000_000, 20_000_000));
      proxy.heal();
      LockSupport.parkNanos(random.nextLong(5_000_000, 20_000_000));
    }
  }
}
