package io.jstorage.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageUnavailableException;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.RedisStore;
import io.jstorage.redis.server.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several clients of one Redis, with memory in front, while connections and the server break; as
 * often as the system property {@code jstorage.near.histories} says, by default once.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class NearRedisTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Of a test in which calls are to fail. */
  private static final Duration SHORT = Duration.ofMillis(500);

  private static final int TIMES = 5;
  private static final int HISTORIES = Integer.getInteger("jstorage.near.histories", 1);

  private RedisServer server = RedisServer.builder().durable().start();

  @BeforeEach
  void empty() {
    server.call("FLUSHALL");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private Storage<String> plain() {
    return plain(LONG);
  }

  /** The first calls may take longer than a short time-out, too. */
  private Storage<String> plain(Duration timeout) {
    return Polling.result(
        StorageUnavailableException.class::isInstance,
        () -> RedisStore.at(server.host(), server.port()).timeout(timeout).storage(Codecs.text()));
  }

  private Storage<String> near(Duration timeout) {
    Storage<String> far = plain(timeout);
    return Polling.result(
        StorageUnavailableException.class::isInstance,
        () -> NearStorage.builder(far).limit(100).owned().build());
  }

  private void whileUsed(History.Break breaking) throws Exception {
    whileUsed(LONG, breaking);
  }

  private void whileUsed(Duration timeout, History.Break breaking) throws Exception {
    for (int i = 0; i < HISTORIES; i++) {
      empty();
      try (Storage<String> one = near(timeout);
          Storage<String> other = near(timeout);
          Storage<String> far = plain(timeout)) {
        History.whileUsed(List.of(one, other), far, TIMES, breaking);
      }
    }
  }

  @Test
  void nothingIsTooOldWhileNothingBreaks() throws Exception {
    whileUsed(history -> {});
  }

  @Test
  void nothingIsTooOldWhenConnectionsAreKilled() throws Exception {
    whileUsed(
        history -> {
          server.call("CLIENT", "KILL", "TYPE", "pubsub");
          server.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        });
  }

  @Test
  void nothingComesBackWhenEverythingIsRemoved() throws Exception {
    whileUsed(history -> history.empty(() -> server.call("FLUSHALL")));
  }

  @Test
  void nothingIsTooOldWhenTheServerIsKilledAndComesBack() throws Exception {
    whileUsed(
        history -> {
          server.kill();
          server.restart();
        });
  }

  @Test
  void nothingIsTooOldWhenTheServerIsStopped() throws Exception {
    whileUsed(
        SHORT,
        history -> {
          server.suspend();
          try {
            long failed = history.failed();
            Polling.until("calls fail", () -> history.failed() > failed);
          } finally {
            server.resume();
          }
        });
  }

  @Test
  void manyKeysThatChangeAtOnceAreReadAnew() {
    int many = 10_000;
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < many; i++) {
      values.put("k" + i, "old");
    }
    try (Storage<String> far = plain();
        NearStorage<String> near = NearStorage.builder(plain()).limit(many).owned().build()) {
      far.putAll(values);
      values.keySet().forEach(near::require);
      Polling.until("the values are near", () -> isNear(near, values, many));
      values.replaceAll((key, value) -> "new");
      far.putAll(values);
      values.forEach(
          (key, value) ->
              Polling.until(
                  "the new value is read", () -> near.get(key).equals(Optional.of(value))));
    }
  }

  /** Reports of the writes before may still drop some. */
  private static boolean isNear(NearStorage<String> near, Map<String, String> values, int many) {
    values.keySet().forEach(near::require);
    return near.near().size() == many;
  }

  @Test
  void aReadFromMemoryAsksTheServerNothing() {
    try (Storage<String> far = plain();
        NearStorage<String> near = NearStorage.builder(plain()).owned().build()) {
      far.put("k", "v");
      Polling.until("the value is near", () -> isNear(near, Map.of("k", "v"), 1));
      long before = commands();
      for (int i = 0; i < 100; i++) {
        assertThat(near.get("k")).contains("v");
        assertThat(near.contains("k")).isTrue();
      }
      // Signs of life come every second at most, and this asks too.
      assertThat(commands() - before).isLessThan(50);
    }
  }

  private long commands() {
    String stats = String.valueOf(server.call("INFO", "stats"));
    String field = "total_commands_processed:";
    int begin = stats.indexOf(field) + field.length();
    return Long.parseLong(stats.substring(begin, stats.indexOf('\r', begin)));
  }

  /** A value is not read after its deadline, though the server reports the expiry later. */
  @Test
  void expiredEntriesAreNotReadFromMemory() {
    try (Storage<String> far = plain();
        NearStorage<String> near = NearStorage.builder(plain()).owned().build()) {
      Duration life = Duration.ofMillis(300);
      for (int i = 0; i < 20; i++) {
        String key = "k" + i;
        Optional<Instant> expiry = Optional.empty();
        // The life may be over before it is asked for.
        while (expiry.isEmpty()) {
          far.put(key, "v", life);
          expiry = far.entry(key).flatMap(Entry::expiresAt);
        }
        // To Redis itself the millisecond of the deadline belongs to the life of the entry.
        Instant deadline = expiry.get().plusMillis(2);
        boolean asked = true;
        while (asked) {
          asked = Instant.now().isBefore(deadline);
          assertThat(near.get(key).isPresent() && !asked).as("read after its deadline").isFalse();
        }
      }
    }
  }

  @Test
  void valuesAreReadFromMemoryForTheStalenessWhileTheServerIsDown() {
    try (NearStorage<String> near =
        NearStorage.builder(plain()).staleness(Duration.ofHours(1)).owned().build()) {
      near.put("k", "v");
      server.call("CLIENT", "KILL", "TYPE", "pubsub");
      Polling.until(
          "the value is near", () -> near.get("k").isPresent() && near.near().size() == 1);
      assertThat(near.get("k")).contains("v");
    }
  }
}
