package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.RedisSentinels;
import io.jstorage.redis.server.RedisServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.RedisCredentialsProvider;

/** Passwords that change while a storage is open, and those of Sentinels. */
class CredentialsTest {
  private static final String USER = "app";

  /** Knows the password of the day, as a vault does. */
  private static class Vault implements RedisCredentialsProvider {
    private volatile String password;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger cleanedUp = new AtomicInteger();

    Vault(String password) {
      this.password = password;
    }

    @Override
    public void prepare() {}

    @Override
    public RedisCredentials get() {
      asked.incrementAndGet();
      return new DefaultRedisCredentials(USER, password);
    }

    @Override
    public void cleanUp() {
      cleanedUp.incrementAndGet();
    }
  }

  private static RedisServer start(String password) {
    return RedisServer.builder().user(USER, password, "~*", "+@all").start();
  }

  /** Gives the user another password, and ends the connections of the old one. */
  private static void change(RedisServer server, String password) {
    server.call("ACL", "SETUSER", USER, "resetpass", ">" + password);
    server.call("CLIENT", "KILL", "USER", USER);
  }

  @Test
  void aPasswordMayChangeWhileTheStorageIsOpen() throws IOException {
    Vault vault = new Vault("monday");
    try (RedisServer server = start("monday");
        Storage<String> storage =
            Opened.with(Opened.at(server.port()).with("credentials", vault))) {
      storage.put("k", "monday");
      vault.password = "tuesday";
      change(server, "tuesday");
      assertThat(storage.get("k")).hasValue("monday");
      storage.put("k", "tuesday");
      assertThat(vault.asked.get()).isGreaterThan(1);
      assertThat(vault.cleanedUp.get()).isEqualTo(vault.asked.get());
    }
  }

  @Test
  void aPasswordThatIsTooOldIsDeniedAndNotShown() throws IOException {
    Vault vault = new Vault("geheim-montag");
    try (RedisServer server = start("geheim-montag");
        Storage<String> storage =
            Opened.with(Opened.at(server.port()).with("credentials", vault))) {
      storage.put("k", "v");
      change(server, "geheim-dienstag");
      StorageException failure = Opened.failure(() -> storage.get("k"));
      assertThat(failure).isInstanceOf(StorageAccessDeniedException.class);
      Secrets.assertHidden(failure, "geheim");
      vault.password = "geheim-dienstag";
      assertThat(storage.get("k")).hasValue("v");
    }
  }

  /** A server may repeat in an error what it was sent. */
  @Test
  void passwordsOfAProviderAreRedacted() {
    Vault vault = new Vault("geheim");
    Passwords passwords = new Passwords(List.of("fest"));
    assertThat(passwords.noting(vault).get().getPassword()).isEqualTo("geheim".toCharArray());
    assertThat(passwords.redact("AUTH app geheim fest")).isEqualTo("AUTH app *** ***");
    assertThat(passwords.areShownBy(new IOException("x", new IOException("a geheim b")))).isTrue();
    assertThat(passwords.areShownBy(new IOException("nothing"))).isFalse();
  }

  @Test
  void aProviderThatFailsIsAFailureToConnect() throws IOException {
    try (RedisServer server = start("p")) {
      RedisCredentialsProvider failing =
          new Vault("p") {
            @Override
            public RedisCredentials get() {
              throw new IllegalArgumentException("the vault is sealed");
            }
          };
      StorageOptions options = Opened.at(server.port()).with("credentials", failing);
      assertThat(Opened.failureToReach(options)).hasMessageContaining("the vault is sealed");
    }
  }

  private static boolean isWritten(Storage<String> storage, RedisSentinels sentinels) {
    storage.put("k", "after the fail-over");
    return "after the fail-over".equals(sentinels.master().call("GET", "jstorage:k"));
  }

  @Test
  void sentinelsMayAskForAPasswordOfTheirOwn() {
    try (RedisSentinels sentinels = RedisSentinels.start(1, "geheim")) {
      StorageOptions options =
          StorageOptions.of("sentinels", sentinels.addresses(), "master", RedisSentinels.MASTER);
      try (Storage<String> storage = Opened.with(options.with("sentinelPassword", "geheim"))) {
        storage.put("k", "v");
        sentinels.failOver();
        // The former master takes writes for a while, which are lost.
        Polling.until("the storage writes to the new master", () -> isWritten(storage, sentinels));
        assertThat(storage.get("k")).hasValue("after the fail-over");
      }
      for (StorageOptions wrong :
          List.of(options, options.with("sentinelPassword", "falsch-geheim"))) {
        StorageException failure = Opened.failure(() -> Opened.with(wrong).close());
        Secrets.assertHidden(failure, "falsch-geheim");
      }
    }
  }
}
