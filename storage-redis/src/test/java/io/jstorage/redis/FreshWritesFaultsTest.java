package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An entry that expires by the server's clock while the same value is written afresh. */
@Timeout(300)
class FreshWritesFaultsTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 3_000;

  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  @Test
  void noExpiryAndNoPurgeTakesAFreshValueAlong() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    AtomicBoolean done = new AtomicBoolean();
    try (Storage<String> storage = Opened.with(Opened.at(REDIS.get().port()))) {
      Future<?> purge =
          threads.submit(
              () -> {
                while (!done.get()) {
                  storage.purgeExpired();
                }
              });
      List<Future<?>> writers = new ArrayList<>();
      for (int number = 0; number < THREADS; number++) {
        String key = "k" + number;
        writers.add(threads.submit(() -> writeAfresh(storage, key)));
      }
      for (Future<?> writer : writers) {
        writer.get(200, TimeUnit.SECONDS);
      }
      done.set(true);
      purge.get(60, TimeUnit.SECONDS);
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  /** The old entry is due in the middle of what follows, now before the write and now after it. */
  private static void writeAfresh(Storage<String> storage, String key) {
    for (int round = 0; round < ROUNDS / THREADS; round++) {
      storage.put(key, "v", Duration.ofMillis(1));
      if (round % 3 == 0) {
        storage.contains(key);
      } else if (round % 3 == 1) {
        storage.entry(key);
      }
      storage.put(key, "v");
      assertThat(storage.get(key)).as("%s in round %d", key, round).contains("v");
    }
  }
}
