package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.testkit.HostileKeys;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;

/** Storages side by side in one database, under names that patterns and prefixes confuse. */
class NamespacesFaultsTest {
  private static final List<String> NAMESPACES =
      List.of(
          "a", "a:", "a:b", "a::b", ":", "a*b", "a*", "*", "aZb", "a?b", "a[1]", "a1", "[a]",
          "[^a]", "a-z", "^", "a\\b", "a\\*b", "\\", "{a}", "{", "}", "a%3Ab", "a%b", "%", "a\nb",
          "a\0b", "\u00e9", "e\u0301", " ", "A");

  private static final String ALPHABET = "abZ1*?[]^-\\:{}%3A\n\0\u00e9";
  private static final int PAIRS = 1_000;

  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

  @BeforeEach
  void empty() {
    REDIS.get().call("FLUSHALL");
  }

  private static Storage<String> storage(String namespace) {
    return Opened.at(REDIS.get().port(), "namespace", namespace);
  }

  private static Set<String> keysOf(Storage<?> storage) {
    try (Stream<String> keys = storage.keys()) {
      List<String> list = keys.toList();
      assertThat(list).doesNotHaveDuplicates();
      return new TreeSet<>(list);
    }
  }

  @Test
  void eachNamespaceSeesItsOwnKeysAndClearsNoOther() {
    List<String> keys = List.of("k", "b:k", ":k", "*", "[k]", "%3Ak", "k\n", "k\0l", "\\", "1]:k");
    List<Storage<String>> storages =
        NAMESPACES.stream().map(NamespacesFaultsTest::storage).toList();
    try {
      for (int i = 0; i < storages.size(); i++) {
        for (String key : keys) {
          storages.get(i).put(key, i + "/" + key);
        }
      }
      for (int cleared = 0; cleared < storages.size(); cleared++) {
        for (int i = 0; i < storages.size(); i++) {
          Set<String> left = i < cleared ? Set.of() : new TreeSet<>(keys);
          assertThat(keysOf(storages.get(i))).as("keys of %s", NAMESPACES.get(i)).isEqualTo(left);
          assertThat(storages.get(i).size()).isEqualTo(left.size());
        }
        storages.get(cleared).clear();
      }
    } finally {
      storages.forEach(Storage::close);
    }
    assertThat(REDIS.get().call("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void hostileKeysComeBackExactlyAndOnlyWithTheirPrefix() {
    List<String> keys = HostileKeys.portable();
    try (Storage<String> storage = storage("a*b");
        Storage<String> neighbour = storage("aZb")) {
      keys.forEach(key -> storage.put(key, "value of " + key));
      keys.forEach(key -> neighbour.put(key, "other"));
      for (String key : keys) {
        assertThat(storage.get(key)).hasValue("value of " + key);
      }
      assertThat(keysOf(storage)).isEqualTo(new TreeSet<>(keys));
      for (String prefix : List.of("a*", "[", "?", "\\", "^", "-", "a?", "\n", "\0", "*")) {
        try (Stream<String> found = storage.keys(prefix)) {
          assertThat(found.collect(Collectors.toSet()))
              .as("prefix %s", prefix)
              .isEqualTo(
                  keys.stream().filter(k -> k.startsWith(prefix)).collect(Collectors.toSet()));
        }
      }
      assertThat(storage.getAll(keys)).hasSameSizeAs(keys);
      storage.clear();
      assertThat(neighbour.size()).isEqualTo(keys.size());
    }
  }

  @Test
  void aValueOfHalfAMegabyteIsStoredComparedAndReplaced() {
    String value = "\u20ac0123456789abc".repeat(512 * 1024 / 16);
    try (Storage<String> storage = storage("large")) {
      storage.put("k", value);
      assertThat(storage.require("k")).isEqualTo(value);
      var version = storage.entry("k").orElseThrow().version().orElseThrow();
      assertThat(storage.replace("k", version, value + "!")).isTrue();
      assertThat(storage.replace("k", version, "stale")).isFalse();
      assertThat(storage.getAll(List.of("k", "l"))).containsOnlyKeys("k");
      assertThat(storage.require("k")).isEqualTo(value + "!");
    }
  }

  @Test
  void foreignKeysSurviveClearInAThousandRandomPairs() {
    Random random = new Random(7);
    try (RedisClient client = Opened.client(REDIS.get().port())) {
      for (int pair = 0; pair < PAIRS; pair++) {
        String namespace = randomText(random);
        String key = randomText(random);
        String foreignNamespace = randomText(random);
        String foreignKey = randomText(random);
        String raw = "raw" + namespace + key;
        client.set(raw, "raw");
        Storage<String> ours = storage(client, namespace);
        Storage<String> theirs = storage(client, foreignNamespace);
        ours.put(key, "ours");
        boolean foreign = !namespace.equals(foreignNamespace);
        if (foreign) {
          theirs.put(foreignKey, "theirs");
          assertThat(theirs.size()).as("%s beside %s", foreignNamespace, namespace).isEqualTo(1);
        }
        assertThat(keysOf(ours)).containsExactly(key);
        ours.clear();
        assertThat(ours.get(key)).isEmpty();
        if (foreign) {
          assertThat(theirs.get(foreignKey)).hasValue("theirs");
          assertThat(client.del(foreignRedisKey(client, raw))).isEqualTo(1);
        }
        assertThat(client.get(raw)).isEqualTo("raw");
        assertThat(client.del(raw)).isEqualTo(1);
      }
      assertThat(client.dbSize()).isZero();
    }
  }

  /** The one key in the database that is not the raw one. */
  private static String foreignRedisKey(RedisClient client, String raw) {
    return client.keys("*").stream().filter(name -> !name.equals(raw)).findFirst().orElseThrow();
  }

  private static Storage<String> storage(RedisClient client, String namespace) {
    return Opened.with(StorageOptions.of("client", client, "namespace", namespace));
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = 1 + random.nextInt(4); length > 0; length--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
