package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.redis.server.ScriptedServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Two nodes of a Cluster that say what no real ones can be made to say. */
class ScriptedClusterTest {
  private static final int HALF = 8_192;

  private ScriptedServer lower;
  private ScriptedServer upper;
  private final AtomicBoolean confused = new AtomicBoolean();
  private final AtomicBoolean forgetful = new AtomicBoolean();

  @BeforeEach
  void start() throws IOException {
    lower = ScriptedServer.answering(this::answer);
    upper = ScriptedServer.answering(this::answer);
  }

  @AfterEach
  void stop() throws IOException {
    lower.close();
    upper.close();
  }

  /** Under each key is its name, but under some what no client can hold or understand. */
  private String answer(List<String> words) {
    if (words.get(0).equals("CLUSTER")) {
      return slots();
    }
    if (words.get(0).equals("SCAN")) {
      return "*2\r\n" + bulk("0") + "*1\r\n" + bulk("jstorage:k");
    }
    if (words.get(0).equals("MULTI")) {
      return "+OK\r\n";
    }
    String name = words.get(1);
    if (name.contains("huge")) {
      return "$" + Integer.MAX_VALUE + "\r\n";
    }
    return name.contains("confusing") ? "?\r\n" : bulk(name);
  }

  private String slots() {
    if (forgetful.get()) {
      return "*1\r\n" + range(0, HALF - 1, lower.port());
    }
    return "*2\r\n" + range(0, HALF - 1, lower.port()) + range(HALF, 2 * HALF - 1, upper.port());
  }

  private String range(int first, int last, int port) {
    String host = confused.get() ? "$-1\r\n" : bulk("127.0.0.1");
    return "*3\r\n:%d\r\n:%d\r\n*3\r\n%s:%d\r\n%s"
        .formatted(first, last, host, port, bulk("id" + port));
  }

  private static String bulk(String text) {
    return "$%d\r\n%s\r\n".formatted(text.length(), text);
  }

  private Storage<String> open(Object timeout) {
    StorageOptions options =
        StorageOptions.of("cluster", "127.0.0.1:" + lower.port(), "pool", 1, "timeout", timeout);
    return Opened.patiently(options);
  }

  /** A key of one of the nodes. */
  private static String key(String start, boolean inUpper) {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> start + i)
        .filter(key -> JedisClusterCRC16.getSlot("jstorage:" + key) >= HALF == inUpper)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anErrorInTheAnswersOfOneNodeLeavesNoneOfAnotherForTheNextRequest() {
    try (Storage<String> storage = open("30s")) {
      for (boolean upperFails : List.of(false, true)) {
        List<String> keys = List.of(key("huge", upperFails), key("ordinary", !upperFails));
        assertThatThrownBy(() -> storage.getAll(keys)).isInstanceOf(OutOfMemoryError.class);
        for (String key : List.of(key("next", false), key("next", true))) {
          assertThat(storage.get(key)).hasValue("jstorage:" + key);
        }
      }
    }
  }

  @Test
  void anErrorInAnAnswerLeavesNothingForTheNextRequest() {
    try (Storage<String> storage = open("30s")) {
      String huge = key("huge", true);
      assertThatThrownBy(() -> storage.get(huge)).isInstanceOf(OutOfMemoryError.class);
      assertThatThrownBy(() -> storage.entry(huge)).isInstanceOf(OutOfMemoryError.class);
      String next = key("next", true);
      assertThat(storage.get(next)).hasValue("jstorage:" + next);
    }
  }

  /** Later calls must not fail otherwise than by the rules. */
  @Test
  void nodesWithoutANameAreUnavailable() {
    try (Storage<String> storage = open("300ms")) {
      String next = key("next", true);
      assertThat(Opened.patiently(() -> storage.get(next))).hasValue("jstorage:" + next);
      confused.set(true);
      String confusing = key("confusing", true);
      assertThat(Opened.failure(() -> storage.get(confusing)))
          .isInstanceOf(StorageUnavailableException.class);
      Opened.failure(() -> storage.getAll(List.of(confusing, next)));
      assertThat(Opened.failure(storage::size)).isInstanceOf(StorageUnavailableException.class);
      confused.set(false);
      assertThat(Opened.patiently(() -> storage.get(next))).hasValue("jstorage:" + next);
    }
  }

  @Test
  void nodesThatDoNotKnowWhoHasTheOtherHalfGiveNoListingOfOneHalf() {
    try (Storage<String> storage = open(Opened.LONGER_THAN_A_PAUSE)) {
      assertThat(storage.size()).isEqualTo(2);
      forgetful.set(true);
      assertThat(Opened.failure(storage::size)).isInstanceOf(StorageUnavailableException.class);
      assertThat(Opened.failure(storage::clear)).isInstanceOf(StorageUnavailableException.class);
      String known = key("next", false);
      assertThat(storage.get(known)).hasValue("jstorage:" + known);
      forgetful.set(false);
      assertThat(storage.size()).isEqualTo(2);
    }
  }

  /** As where all of them are started anew, at other addresses behind a name that stays. */
  @Test
  void aClusterThatHasMovedAsAWholeIsFoundWhereItWasNamed() throws IOException {
    StorageOptions options = StorageOptions.of("timeout", "30s");
    try (ScriptedServer named = ScriptedServer.answering(this::answer);
        Storage<String> storage =
            Opened.with(options.with("cluster", "127.0.0.1:" + named.port()))) {
      assertThat(storage.size()).isEqualTo(2);
      stop();
      start();
      assertThat(storage.size()).isEqualTo(2);
      stop();
      start();
      for (String key : List.of(key("next", false), key("next", true))) {
        assertThat(storage.get(key)).hasValue("jstorage:" + key);
      }
    }
  }
}
