package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.TcpProxy;
import io.jstorage.testkit.History;
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
    try (Storage<String> storage = Opened.with(Opened.at(REDIS.get().port()))) {
      History history = History.record(storage, CALLS, 10, 1);
      history.assertLinearizable();
      assertThat(history.failed() + history.unknown()).isZero();
    }
  }

  @Test
  void callsAreLinearizableWhileConnectionsAreCut() throws Exception {
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port());
        Storage<String> storage = Opened.with(Opened.at(proxy.port()))) {
      Thread cutter = new Thread(() -> cut(proxy));
      cutter.start();
      try {
        long unknown = 0;
        // The thread that cuts may pause during all the calls.
        for (int attempt = 0; attempt < 5 && unknown <= 10; attempt++) {
          empty();
          History history = History.record(storage, CALLS, 100, 2);
          history.assertLinearizable();
          assertThat(history.answered()).isGreaterThan(CALLS / 2);
          unknown = history.unknown();
        }
        assertThat(unknown).as("writes of which nobody knows").isGreaterThan(10);
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
      long replied = proxy.replyBytes();
      do {
        LockSupport.parkNanos(random.nextLong(5_000_000, 20_000_000));
        // Calls may be slow, and most of them are to be answered.
      } while (proxy.replyBytes() < replied + 500 && !Thread.currentThread().isInterrupted());
    }
  }
}
