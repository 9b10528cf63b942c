package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jstorage.InvalidOptionException;
import io.jstorage.StorageOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.DefaultRedisCredentialsProvider;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisSettingsTest {
  @TempDir Path directory;

  @Test
  void withoutOptionsItIsTheServerOfThisMachine() {
    RedisSettings settings = new RedisSettings(StorageOptions.none());
    assertThat(settings.addresses()).hasToString("[localhost:6379]");
    assertThat(settings.place()).isEqualTo("redis localhost:6379 jstorage:*");
    assertThat(settings.isTls()).isFalse();
  }

  @Test
  void thePlaceNamesWhatTellsStoresApartAndNoSecret() {
    assertThat(
            place("host", "h", "port", "7", "database", "3", "password", "geheim", "tls", "true"))
        .isEqualTo("redis h:7/3 jstorage:*");
    assertThat(place("sentinels", "s1, s2:7", "master", "m", "namespace", "a:b"))
        .isEqualTo("redis m of s1:26379,s2:7 a%3ab:*");
    assertThat(place("cluster", "c2:1,c1")).isEqualTo("redis c1:6379,c2:1 jstorage:*");
  }

  private static String place(String... options) {
    return settings(options).place();
  }

  private static RedisSettings settings(String... options) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      map.put(options[i], options[i + 1]);
    }
    return new RedisSettings(StorageOptions.from(map));
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    for (String[] options :
        List.of(
            new String[] {"sentinels", "s", "master", "m", "cluster", "c"},
            new String[] {"sentinels", "s", "master", "m", "host", "h"},
            new String[] {"cluster", "c", "port", "1"},
            new String[] {"cluster", "c", "database", "1"},
            new String[] {"sentinels", "s"},
            new String[] {"master", "m"},
            new String[] {"username", "u"},
            new String[] {"sentinelPassword", "p"},
            new String[] {"sentinels", "s", "master", "m", "sentinelUsername", "u"},
            new String[] {"tls", "false", "ca", "/ca.pem"})) {
      assertThatThrownBy(() -> settings(options))
          .as(String.join(" ", options))
          .isInstanceOf(InvalidOptionException.class);
    }
  }

  @Test
  void aPasswordLeavesThisMachineOnlyEncryptedOrByExplicitPermission() {
    for (String[] far :
        List.of(
            new String[] {"host", "redis.example.org"},
            new String[] {"cluster", "localhost,redis.example.org"},
            new String[] {"sentinels", "redis.example.org", "master", "m"})) {
      String[] options = with(far, "password", "geheim");
      assertThatThrownBy(() -> settings(options))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("redis.example.org")
          .hasMessageContaining("plaintext")
          .hasMessageNotContaining("geheim");
      assertThatCode(() -> settings(with(options, "tls", "true"))).doesNotThrowAnyException();
      assertThatCode(() -> settings(with(options, "ca", "/ca.pem"))).doesNotThrowAnyException();
      assertThatCode(() -> settings(with(options, "plaintext", "true"))).doesNotThrowAnyException();
    }
    assertThatCode(() -> settings("password", "geheim")).doesNotThrowAnyException();
  }

  @Test
  void aPasswordOfTheSentinelsIsOneToo() {
    assertThatThrownBy(
            () -> settings("sentinels", "far.example", "master", "m", "sentinelPassword", "geheim"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("far.example")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void credentialsTakeThePlaceOfAPasswordAndAreAsSecret() {
    StorageOptions provided =
        StorageOptions.of(
            RedisOptions.CREDENTIALS,
            new DefaultRedisCredentialsProvider(new DefaultRedisCredentials("u", "geheim")));
    assertThatCode(() -> new RedisSettings(provided)).doesNotThrowAnyException();
    assertThatThrownBy(() -> new RedisSettings(provided.with("password", "p")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("credentials");
    assertThatThrownBy(() -> new RedisSettings(provided.with("host", "far.example")))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("far.example");
  }

  /** Such an address may be that of a machine far away. */
  @Test
  void addressesNamedBySentinelsAndNodesAreCheckedToo() {
    RedisSettings settings = settings("cluster", "localhost", "password", "geheim");
    assertThatThrownBy(() -> settings.checkPlaintext("10.0.0.1"))
        .isInstanceOf(InvalidOptionException.class);
    assertThatCode(() -> settings.checkPlaintext("127.0.0.1")).doesNotThrowAnyException();
  }

  @Test
  void aReadOnlyServerIsAskedAgainOnlyIfAnotherMayTakeItsPlace() {
    assertThat(repeatsReadOnly(true)).isTrue();
    assertThat(repeatsReadOnly(false)).isFalse();
  }

  private static boolean repeatsReadOnly(boolean failsOver) {
    RuntimeException reply = new JedisDataException("READONLY You can't write");
    return new FailureClassifier(new Passwords(List.of()), failsOver)
        .classify(reply, true, false)
        .worthRepeating();
  }

  private static String[] with(String[] options, String... more) {
    String[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return all;
  }

  @Test
  void authoritiesThatCannotBeReadAreRefused() throws Exception {
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    Path other = Files.writeString(directory.resolve("other.pem"), "no certificate");
    for (Path file : List.of(empty, other, directory.resolve("absent.pem"))) {
      assertThatThrownBy(() -> RedisStore.at("localhost", 1).tls(file).open())
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining(file.toString());
    }
  }
}
