package io.jstorage.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.spi.Keys;
import io.jstorage.testkit.FuzzedKeys;
import io.jstorage.testkit.HostileKeys;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedisKeysTest {
  private static final List<String> NAMESPACES =
      List.of(
          "a", "a:b", "a%3ab", "a%3Ab", "a*b", "aZb", "a[1]", "a1", "{a}", "%7ba%7d", "a\n", "a\\",
          " ", "ä", "a\u0308", "\0", "😀");

  @Test
  void anOrdinaryNameReadsAsNamespaceAndKey() {
    assertThat(new RedisKeys("users").nameOf("42:name {x}*")).isEqualTo(utf8("users:42:name {x}*"));
  }

  @Test
  void ofTheNamespaceIsEncodedWhatWouldEndItOrDecideOnTheSlot() {
    assertThat(new RedisKeys("a:{b}%\n\u007f ü*").prefix()).isEqualTo("a%3a%7bb%7d%25%0a%7f ü*:");
  }

  @Test
  void noTwoPairsOfNamespaceAndKeyShareAName() {
    Set<String> names = new HashSet<>();
    int pairs = 0;
    for (String namespace : NAMESPACES) {
      for (String key : HostileKeys.upTo(255)) {
        names.add(new String(new RedisKeys(namespace).nameOf(key), UTF_8));
        pairs++;
      }
    }
    assertThat(names).hasSize(pairs);
  }

  @Test
  void everyKeyComesBackFromItsNameAndOnlyToItsNamespace() {
    for (String key : HostileKeys.upTo(1024)) {
      for (String namespace : NAMESPACES) {
        byte[] name = new RedisKeys(namespace).nameOf(key);
        for (String other : NAMESPACES) {
          String found = new RedisKeys(other).keyOf(name);
          assertThat(found).isEqualTo(other.equals(namespace) ? key : null);
        }
      }
    }
  }

  @Test
  void anyOfManyKeysComesBackFromItsNameUnderANamespaceMadeUpToo() {
    List<RedisKeys> namespaces = FuzzedKeys.of(1_000, 100, 7).stream().map(RedisKeys::new).toList();
    Set<String> names = new HashSet<>();
    int number = 0;
    for (String key : FuzzedKeys.of(20_000, 1024, 42)) {
      RedisKeys keys = namespaces.get(number++ % namespaces.size());
      byte[] name = keys.nameOf(key);
      if (!key.equals(keys.keyOf(name)) || !names.add(new String(name, UTF_8))) {
        throw new AssertionError(
            "%s is called %s".formatted(Keys.display(key), new String(name, UTF_8)));
      }
    }
  }

  @Test
  void namesThatNoKeyHasAreForeign() {
    RedisKeys keys = new RedisKeys("n");
    assertThat(keys.keyOf(utf8("n:"))).isNull();
    assertThat(keys.keyOf(utf8("n"))).isNull();
    assertThat(keys.keyOf(utf8("n:" + "k".repeat(1025)))).isNull();
    assertThat(keys.keyOf(new byte[] {'n', ':', (byte) 0xff})).isNull();
    assertThat(keys.keyOf(new byte[] {'n', ':', (byte) 0xc0, (byte) 0x80})).isNull();
    assertThat(keys.keyOf(utf8("n:\ufffd"))).isEqualTo("\ufffd");
  }

  @Test
  void aPatternEscapesWhatGlobsMean() {
    assertThat(new RedisKeys("a*[1]?").patternOf("^-\\x"))
        .isEqualTo(utf8("a\\*\\[1\\]\\?:\\^\\-\\\\x*"));
  }

  @Test
  void aNamespaceIsAnyTextThatCanBeEncoded() {
    assertThat(NAMESPACES).allMatch(RedisKeys::isNamespace);
    assertThat(RedisKeys.isNamespace("")).isFalse();
    assertThat(RedisKeys.isNamespace("\ud83d")).isFalse();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
