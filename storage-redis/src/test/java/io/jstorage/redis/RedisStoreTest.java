package io.jstorage.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.Entry;
import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.Version;
import io.jstorage.codec.Codecs;
import io.jstorage.provider.StorageProvider;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.spi.Access;
import io.jstorage.spi.Condition;
import io.jstorage.spi.WriteOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** The parts that the contract does not cover: the form in Redis, and the number of requests. */
class RedisStoreTest {
  private static RedisServer server;

  @BeforeAll
  static void start() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void empty() {
    server.call("FLUSHALL");
  }

  private static RedisStoreBuilder builder() {
    return RedisStore.at(server.host(), server.port()).timeout(Opened.PATIENT);
  }

  @Test
  void textIsTextForEverybodyElse() {
    try (Storage<String> storage = builder().storage(Codecs.text())) {
      storage.put("greeting", "Grüße");
    }
    assertThat(server.call("GET", "jstorage:greeting")).isEqualTo("Grüße");
  }

  @Test
  void jsonIsJsonForEverybodyElse() {
    try (Storage<Object> storage =
        StorageProvider.load()
            .create("storage.redis.json", Opened.at(server.port()).with("timeout", "30s"))) {
      storage.put("user", Map.of("name", "Ada"));
    }
    assertThat(server.call("GET", "jstorage:user")).isEqualTo("{\"name\":\"Ada\"}");
  }

  @Test
  void everyWayOfWritingSetsTheDeadlineWithTheValue() throws IOException {
    try (RedisStore store = builder().expiration(Duration.ofHours(1)).open()) {
      store.write("put", bytes("v"), WriteOptions.NONE);
      store.write("absent", bytes("v"), WriteOptions.IF_ABSENT);
      store.write("replaced", bytes("v"), WriteOptions.NONE.expiringAfter(Duration.ofMinutes(1)));
      Version version =
          requireNonNull(store.readEntry("replaced", Access.TOUCH)).version().orElseThrow();
      assertThat(store.write("replaced", bytes("w"), ifVersion(version))).isTrue();
      store.writeAll(Map.of("batch", bytes("v")), WriteOptions.NONE, (key, e) -> {});
      for (String key : List.of("put", "absent", "replaced", "batch")) {
        assertThat((Long) server.call("PTTL", "jstorage:" + key))
            .as(key)
            .isBetween(3_500_000L, 3_600_000L);
      }
      store.write(
          "short", bytes("v"), WriteOptions.NONE.expiringAfter(Duration.ofNanos(1_000_001)));
      store.write(
          "long", bytes("v"), WriteOptions.NONE.expiringAfter(Duration.ofSeconds(Long.MAX_VALUE)));
      assertThat((Long) server.call("PTTL", "jstorage:long")).isGreaterThan(1L << 60);
    }
  }

  @Test
  void aVersionStandsForTheDeadlineToo() throws IOException {
    try (RedisStore store = builder().open()) {
      store.write("k", bytes("v"), WriteOptions.NONE.expiringAfter(Duration.ofHours(1)));
      Entry<byte[]> before = requireNonNull(store.readEntry("k", Access.TOUCH));
      store.write("k", bytes("v"), WriteOptions.NONE.expiringAfter(Duration.ofHours(2)));
      assertThat(store.delete("k", Condition.version(before.version().orElseThrow()))).isFalse();
      assertThat(store.write("k", bytes("w"), ifVersion(before.version().orElseThrow()))).isFalse();
      Entry<byte[]> now = requireNonNull(store.readEntry("k", Access.TOUCH));
      assertThat(now.expiresAt().orElseThrow()).isAfter(Instant.now().plusSeconds(7_000));
      assertThat(store.delete("k", Condition.version(now.version().orElseThrow()))).isTrue();
    }
  }

  @Test
  void aValueThatIsNoStringFailsForItsKeyOnlyAndAWriteRepairsIt() throws IOException {
    server.call("RPUSH", "jstorage:list", "foreign");
    try (RedisStore store = builder().open()) {
      store.write("k", bytes("v"), WriteOptions.NONE);
      assertThatThrownBy(() -> store.read("list", Access.TOUCH))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not a string");
      assertThatThrownBy(() -> store.readEntry("list", Access.TOUCH))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(
              () -> store.delete("list", Condition.version(Version.parse("0".repeat(40)))))
          .isInstanceOf(IOException.class);
      Map<String, Exception> failures = new HashMap<>();
      assertThat(store.readAll(List.of("list", "k", "absent"), failures::put))
          .containsOnlyKeys("k");
      assertThat(failures).containsOnlyKeys("list");
      assertThat(keysOf(store)).containsExactly("k");
      store.clear();
      assertThat(server.call("EXISTS", "jstorage:list")).isEqualTo(1L);
      store.write("list", bytes("repaired"), WriteOptions.NONE);
      assertThat(store.read("list", Access.TOUCH)).asString(UTF_8).isEqualTo("repaired");
    }
  }

  @Test
  void theScriptsAreSentAgainWhenTheServerForgotThem() throws IOException {
    try (RedisStore store = builder().open()) {
      for (int i = 0; i < 3; i++) {
        store.write("k", bytes("v" + i), WriteOptions.NONE);
        Version version =
            requireNonNull(store.readEntry("k", Access.TOUCH)).version().orElseThrow();
        server.call("SCRIPT", "FLUSH");
        assertThat(store.write("k", bytes("w" + i), ifVersion(version))).isTrue();
      }
    }
  }

  @Test
  void aClientGivenIsBorrowed() throws IOException {
    try (RedisClient client = Opened.client(server.port())) {
      RedisStore store = RedisStore.over(client).namespace("borrowed").open();
      store.write("k", bytes("v"), WriteOptions.NONE);
      assertThat(store.unwrap(UnifiedJedis.class)).containsSame(client);
      store.close();
      assertThat(client.get("borrowed:k")).isEqualTo("v");
    }
  }

  @Test
  void aClientOfTheStoresOwnIsThereForEverythingElseAndClosedWithIt() {
    RedisStore store = builder().open();
    UnifiedJedis client = store.unwrap(UnifiedJedis.class).orElseThrow();
    assertThat(client.ping()).isEqualTo("PONG");
    store.close();
    assertThatThrownBy(client::ping).isInstanceOf(RuntimeException.class);
  }

  @Test
  void aClientOfAnotherKindIsRefused() {
    try (UnifiedJedis strange = new StrangeClient()) {
      assertThatThrownBy(() -> RedisStore.over(strange).open())
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("StrangeClient")
          .hasMessageContaining("no pool");
    }
  }

  /** On one connection, which no two threads can share. */
  private static final class StrangeClient extends UnifiedJedis {
    @SuppressWarnings("deprecation") // The only constructor without a provider.
    StrangeClient() {
      super(new Connection(server.host(), server.port()));
    }
  }

  /** Patterns of SCAN and prefixes of namespaces are where others' keys get lost. */
  @Test
  void foreignKeysSurviveInTenThousandRandomPairsOfNamespaceAndKey() throws IOException {
    Random random = new Random(4);
    Map<String, String> foreign = new LinkedHashMap<>();
    List<String> namespaces = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      namespaces.add(randomText(random));
    }
    try (RedisClient client = Opened.client(server.port())) {
      for (String namespace : namespaces) {
        try (RedisStore store = RedisStore.over(client).namespace(namespace).open()) {
          Map<String, byte[]> own = new HashMap<>();
          for (int i = 0; i < 100; i++) {
            own.put(randomText(random), bytes("own"));
          }
          String prefix = new RedisKeys(namespace).prefix();
          List<String> strangers = new ArrayList<>();
          for (String key : own.keySet()) {
            String name = randomText(random) + (random.nextBoolean() ? ":" + key : key);
            if (!name.startsWith(prefix) && foreign.putIfAbsent(name, "foreign") == null) {
              strangers.add(name);
            }
          }
          strangers.forEach(name -> client.set(name, "foreign"));
          store.writeAll(own, WriteOptions.NONE, (key, e) -> {});
          assertThat(keysOf(store)).containsExactlyInAnyOrderElementsOf(own.keySet());
          assertThat(store.count()).isEqualTo(own.size());
          store.clear();
          assertThat(store.count()).isZero();
          strangers.forEach(name -> assertThat(client.get(name)).as(name).isEqualTo("foreign"));
          client.flushAll();
        }
      }
    }
    assertThat(foreign).hasSizeGreaterThan(9_000);
  }

  private static String randomText(Random random) {
    String alphabet = "ab*?[]^-\\:%{} \n\0Zü😀";
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(6);
    for (int i = 0; i < length; i++) {
      int at = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
      text.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, at)));
    }
    return text.toString();
  }

  @Test
  void aListingOfManyPagesHasEveryKeyOnce() throws IOException {
    try (RedisStore store = builder().open()) {
      Map<String, byte[]> many = new HashMap<>();
      for (int i = 0; i < 25_000; i++) {
        many.put("key-" + i, bytes("v"));
      }
      store.writeAll(many, WriteOptions.NONE, (key, e) -> {});
      List<String> listed = keysOf(store);
      assertThat(listed).hasSize(many.size());
      assertThat(Set.copyOf(listed)).isEqualTo(many.keySet());
      assertThat(store.count()).isEqualTo(many.size());
      store.deleteAll(List.copyOf(many.keySet()).subList(0, 20_000), (key, e) -> {});
      assertThat(store.count()).isEqualTo(5_000);
    }
  }

  /** Redis would pass over keys without a word: the cursor means nothing to another process. */
  @Test
  void aListingDoesNotGoOnInAnotherProcess() throws IOException {
    try (RedisServer restarted = RedisServer.builder().durable().start();
        RedisStore store =
            RedisStore.at(restarted.host(), restarted.port()).timeout(Opened.PATIENT).open()) {
      Map<String, byte[]> many = new HashMap<>();
      for (int i = 0; i < 5_000; i++) {
        many.put("key-" + i, bytes("v"));
      }
      store.writeAll(many, WriteOptions.NONE, (key, e) -> {});
      try (Stream<String> keys = store.keys("")) {
        var iterator = keys.iterator();
        iterator.next();
        restarted.stop();
        restarted.restart();
        assertThatThrownBy(() -> iterator.forEachRemaining(key -> {}))
            .hasMessageContaining("list again");
      }
      assertThat(store.count()).isEqualTo(5_000);
    }
  }

  @Test
  void anInterruptedThreadIsServedAndStaysInterrupted() throws IOException {
    try (RedisStore store = builder().open()) {
      Thread.currentThread().interrupt();
      store.write("k", bytes("v"), WriteOptions.NONE);
      assertThat(store.read("k", Access.TOUCH)).asString(UTF_8).isEqualTo("v");
      assertThat(store.readAll(List.of("k"), (key, e) -> {})).hasSize(1);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aStoreIsOpenedByNameWithAnyCodec() {
    try (Storage<byte[]> storage =
        StorageProvider.load()
            .create(
                "storage.redis",
                byte[].class,
                Opened.at(server.port())
                    .with("timeout", "30s")
                    .with("codec", "bytes")
                    .with("transforms", "gzip"))) {
      storage.put("k", new byte[] {1, 2, 3});
      assertThat(storage.get("k")).contains(new byte[] {1, 2, 3});
      assertThatCode(storage::clear).doesNotThrowAnyException();
    }
  }

  private static List<String> keysOf(RedisStore store) throws IOException {
    try (Stream<String> keys = store.keys("")) {
      return keys.toList();
    }
  }

  private static WriteOptions ifVersion(Version version) {
    return WriteOptions.NONE.onlyIf(Condition.version(version));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
