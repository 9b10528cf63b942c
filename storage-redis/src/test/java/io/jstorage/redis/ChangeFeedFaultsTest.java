package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Copies of entries, as a near cache keeps them, while the connections of the feed break. */
@Timeout(300)
class ChangeFeedFaultsTest {
  private static final int KEYS = 20;
  private static final int ROUNDS = 60;

  private static final List<String[]> BREAKS =
      List.of(new String[] {"FLUSHALL"}, new String[] {"CLIENT", "KILL", "TYPE", "pubsub"});

  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean stopped;

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  /** Keeps what it read until it hears that it may have changed. */
  private static final class Copies implements ChangeListener {
    private final Map<String, String> values = new HashMap<>();
    private boolean told = true;
    private long reports;
    private int losses;
    private int kept;

    @Override
    public synchronized void changed(String key) {
      reports++;
      values.remove(key);
    }

    @Override
    public synchronized void lost() {
      reports++;
      losses++;
      told = false;
      values.clear();
    }

    @Override
    public synchronized void resumed() {
      reports++;
      told = true;
      values.clear();
    }

    synchronized long reports() {
      return reports;
    }

    /** Keeps a value that was read after so many reports, unless there was another since. */
    synchronized void keep(String key, String value, long after) {
      if (told && reports == after) {
        values.put(key, value);
        kept++;
      }
    }

    synchronized boolean equalThoseOf(Storage<String> storage) {
      return values.entrySet().stream()
          .allMatch(entry -> storage.get(entry.getKey()).equals(Optional.of(entry.getValue())));
    }

    synchronized int losses() {
      return losses;
    }

    synchronized int kept() {
      return kept;
    }
  }

  @Test
  void noCopyStaysOldWhateverBreaks() throws Exception {
    int port = REDIS.get().port();
    Copies copies = new Copies();
    try (Storage<String> near = Opened.with(Opened.at(port));
        Storage<String> other = Opened.with(Opened.at(port));
        Closeable watching = near.unwrap(ChangeFeed.class).orElseThrow().watch(copies)) {
      assertThat(watching).isNotNull();
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        Random random = new Random(thread);
        running.add(threads.submit(() -> read(near, copies, random)));
        running.add(threads.submit(() -> write(other, random)));
      }
      for (int i = 0; i < ROUNDS; i++) {
        String[] command = BREAKS.get(i % BREAKS.size());
        int before = copies.losses();
        int kept = copies.kept();
        Polling.until(
            "a loss is reported",
            () -> {
              // The feed may be about to connect again, and not be hit.
              REDIS.get().call(command);
              return copies.losses() > before;
            });
        Polling.until("copies are kept again", () -> copies.kept() > kept + 100);
      }
      stopped = true;
      for (Future<?> each : running) {
        each.get();
      }
      Polling.until("no copy is old", () -> copies.equalThoseOf(near));
    }
  }

  private void read(Storage<String> near, Copies copies, Random random) {
    while (!stopped) {
      String key = "k" + random.nextInt(KEYS);
      long reports = copies.reports();
      near.get(key).ifPresent(value -> copies.keep(key, value, reports));
    }
  }

  private void write(Storage<String> other, Random random) {
    for (int i = 0; !stopped; i++) {
      other.put("k" + random.nextInt(KEYS), Integer.toString(i));
      Thread.onSpinWait();
    }
  }
}
