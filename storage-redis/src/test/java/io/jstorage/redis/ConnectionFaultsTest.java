package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.jvm.Durations;
import io.jstorage.redis.server.Ports;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.ScriptedServer;
import io.jstorage.redis.server.ServerExtension;
import io.jstorage.redis.server.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server on the port is not the expected one, or refuses the connection. */
class ConnectionFaultsTest {
  private static final String PASSWORD = "open-sesame-41";

  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS =
      ServerExtension.of(
          () ->
              RedisServer.builder()
                  .password(PASSWORD)
                  .user("reader", "r", "~jstorage:*", "+@all", "-@write")
                  .user("elsewhere", "e", "~other:*", "+@all")
                  .user("plain", "p", "~jstorage:*", "+@all", "-@scripting")
                  .user("harmless", "h", "~jstorage:*", "+@all", "-@dangerous")
                  .start());

  private static StorageOptions here() {
    return Opened.at(REDIS.get().port());
  }

  @Test
  void openingAsksTheServerOnceAndFailsIfItDoesNotReply() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer loading =
        ScriptedServer.replying(
            words -> {
              asked.incrementAndGet();
              return "-LOADING Redis is loading the dataset in memory\r\n";
            })) {
      assertThat(Opened.failure(() -> Opened.with(Opened.at(loading.port())).close()))
          .isInstanceOf(StorageUnavailableException.class)
          .hasMessageContaining("LOADING");
      assertThat(asked).hasValue(1);
    }
    int nobody = Ports.free();
    assertThat(Opened.failure(() -> Opened.with(Opened.at(nobody)).close()))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("127.0.0.1:" + nobody);
  }

  @Test
  void theRightPasswordOpensTheStorage() {
    try (Storage<String> storage = Opened.with(here().with("password", PASSWORD))) {
      storage.put("k", "v");
      assertThat(storage.get("k")).hasValue("v");
    }
  }

  @Test
  void aWrongPasswordIsRefusedAccess() {
    StorageException failure = Opened.failureToReach(here().with("password", "wrong-pa55word"));
    assertThat(failure).isInstanceOf(StorageAccessDeniedException.class);
    assertThat(failure).hasMessageContaining(REDIS.get().toString());
    Secrets.assertHidden(failure, "wrong-pa55word");
  }

  @Test
  void noPasswordIsRefusedAccess() {
    StorageException failure = Opened.failureToReach(here());
    assertThat(failure).isInstanceOf(StorageAccessDeniedException.class);
    assertThat(failure).hasMessageContaining("password");
  }

  @Test
  void anUnknownUserIsRefusedAccess() {
    StorageException failure =
        Opened.failureToReach(here().with("username", "nobody").with("password", PASSWORD));
    assertThat(failure).isInstanceOf(StorageAccessDeniedException.class);
    Secrets.assertHidden(failure, PASSWORD);
  }

  @Test
  void aUserWhoMayNotWriteReadsAndIsRefusedWrites() {
    try (Storage<String> all = Opened.with(here().with("password", PASSWORD));
        Storage<String> storage =
            Opened.with(here().with("username", "reader").with("password", "r"))) {
      all.put("k", "v");
      assertThat(storage.get("k")).hasValue("v");
      StorageException failure = Opened.failure(() -> storage.put("k", "w"));
      assertThat(failure).isInstanceOf(StorageAccessDeniedException.class);
      assertThat(failure.outcomeUnknown()).isFalse();
      assertThat(Opened.failure(() -> storage.remove("k")))
          .isInstanceOf(StorageAccessDeniedException.class);
      assertThat(Opened.failure(storage::clear)).isInstanceOf(StorageException.class);
      assertThat(all.get("k")).hasValue("v");
    }
  }

  @Test
  void aUserOfOtherKeysIsRefusedEverythingAndNeverToldOfAMiss() {
    try (Storage<String> storage =
        Opened.with(here().with("username", "elsewhere").with("password", "e"))) {
      assertThat(Opened.failure(() -> storage.get("k")))
          .isInstanceOf(StorageAccessDeniedException.class);
      assertThat(Opened.failure(() -> storage.contains("k")))
          .isInstanceOf(StorageAccessDeniedException.class);
      assertThat(Opened.failure(() -> storage.getAll(List.of("k", "l"))))
          .isInstanceOf(StorageException.class);
      assertThat(Opened.failure(() -> storage.putIfAbsent("k", "v")))
          .isInstanceOf(StorageAccessDeniedException.class);
    }
  }

  @Test
  void aUserWithoutScriptsIsRefusedWhatNeedsThem() {
    try (Storage<String> storage =
        Opened.with(here().with("username", "plain").with("password", "p"))) {
      storage.put("scripted", "v");
      var version = storage.entry("scripted").orElseThrow().version().orElseThrow();
      StorageException failure = Opened.failure(() -> storage.replace("scripted", version, "w"));
      assertThat(failure).isInstanceOf(StorageAccessDeniedException.class);
      assertThat(failure.outcomeUnknown()).isFalse();
      assertThat(storage.get("scripted")).hasValue("v");
    }
  }

  @Test
  void aUserWithoutDangerousCommandsDoesEverythingThatAStorageDoes() {
    try (Storage<String> storage =
        Opened.with(
            here().with("username", "harmless").with("password", "h").with("expiration", "1h"))) {
      storage.clear();
      storage.putAll(Map.of("a", "1", "b", "2"));
      assertThat(storage.size()).isEqualTo(2);
      try (Stream<String> keys = storage.keys()) {
        assertThat(keys).containsExactlyInAnyOrder("a", "b");
      }
      var entry = storage.entry("a").orElseThrow();
      assertThat(entry.expiresAt()).isPresent();
      assertThat(storage.replace("a", entry.version().orElseThrow(), "3")).isTrue();
      assertThat(storage.getAll(List.of("a", "b", "c"))).containsOnlyKeys("a", "b");
      storage.clear();
      assertThat(storage.size()).isZero();
    }
  }

  @Test
  void aHostThatDoesNotExistIsUnavailable() {
    StorageException failure =
        Opened.failureToReach(StorageOptions.of("host", "no-such-host.invalid"));
    assertThat(failure).isInstanceOf(StorageUnavailableException.class);
    assertThat(failure).hasMessageContaining("no-such-host.invalid");
    assertThat(failure.outcomeUnknown()).isFalse();
  }

  @Test
  void aPortOnWhichNobodyListensIsUnavailableAndAPutThereDidNotHappen() {
    int port = Ports.free();
    StorageException failure = Opened.failureToReach(Opened.at(port));
    assertThat(failure).isInstanceOf(StorageUnavailableException.class);
    assertThat(failure).hasMessageContaining("127.0.0.1:" + port);
    StorageException put =
        Opened.failure(
            () -> {
              try (Storage<String> storage = Opened.with(Opened.at(port))) {
                storage.put("k", "v");
              }
            });
    assertThat(put).isInstanceOf(StorageUnavailableException.class);
    assertThat(put.outcomeUnknown()).isFalse();
  }

  @Test
  void aPortThatClosesEveryConnectionIsUnavailable() {
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port())) {
      proxy.refuse();
      assertThat(Opened.failureToReach(Opened.at(proxy.port())))
          .isInstanceOf(StorageUnavailableException.class);
    }
  }

  @Test
  void aServerThatNeverAnswersIsUnavailableAfterTheTimeout() throws Exception {
    Duration bound = Duration.ofSeconds(5);
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port())) {
      proxy.swallowReplies();
      assertThat(Durations.shortest(bound, () -> timeUntilFailure(proxy))).isLessThan(bound);
    }
  }

  private static Duration timeUntilFailure(TcpProxy proxy) throws Exception {
    StorageOptions options = Opened.at(proxy.port()).with("timeout", "300ms");
    return Durations.of(
        () ->
            assertThat(Opened.failureToReach(options))
                .isInstanceOf(StorageUnavailableException.class));
  }

  @Test
  void aServerOfAnotherProtocolIsAFailureAndNeverAMiss() throws IOException {
    try (ScriptedServer http =
        ScriptedServer.ofLines("", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
      assertFailsEverywhere(http);
    }
    try (ScriptedServer mail = ScriptedServer.ofLines("220 mail ready\r\n", "500 what?\r\n")) {
      assertFailsEverywhere(mail);
    }
    try (ScriptedServer noise = ScriptedServer.ofLines("", "\u0000\u00ff\u0016\u0003\u0001\r\n")) {
      assertFailsEverywhere(noise);
    }
  }

  private static void assertFailsEverywhere(ScriptedServer server) {
    StorageOptions options = Opened.at(server.port()).with("timeout", "500ms");
    assertThat(Opened.failureToReach(options)).hasMessageContaining("127.0.0.1:" + server.port());
    Opened.failureToReach(options.with("password", "p"));
    Opened.failure(
        () -> {
          try (Storage<String> storage = Opened.with(options)) {
            storage.contains("k");
          }
        });
    Opened.failure(
        () -> {
          try (Storage<String> storage = Opened.with(options)) {
            storage.put("k", "v");
          }
        });
  }
}
