package io.jstorage.redis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the store rely on. */
class ServersTest {
  @RegisterExtension static final Running<RedisServer> REDIS = Running.of(RedisServer::start);

  @Test
  void aKilledServerComesBackOnItsPortWithWhatItAcknowledged() throws IOException {
    Path directory;
    try (RedisServer server = RedisServer.builder().durable().password("secret").start()) {
      directory = server.directory();
      int port = server.port();
      server.call("SET", "k", "v");
      server.kill();
      assertThatThrownBy(() -> server.call("PING")).hasCauseInstanceOf(ConnectException.class);
      server.restart();
      assertThat(server.port()).isEqualTo(port);
      assertThat(server.call("GET", "k")).isEqualTo("v");
      server.stop();
    }
    assertThat(Files.exists(directory)).isFalse();
  }

  @Test
  void aServerAsksForThePasswordOfEachUser() throws IOException {
    try (RedisServer server =
            RedisServer.builder().password("p").user("u", "q", "~u:*", "+@all").start();
        RedisConnection connection = RedisConnection.to(server.port())) {
      assertThatThrownBy(() -> connection.call("GET", "k")).hasMessageStartingWith("NOAUTH");
      connection.call("AUTH", "u", "q");
      assertThatThrownBy(() -> connection.call("GET", "k")).hasMessageStartingWith("NOPERM");
      assertThat(connection.call("GET", "u:k")).isNull();
    }
  }

  @Test
  void aServerSpeaksTlsUnderACertificateOfItsOwn(@TempDir Path directory) throws IOException {
    TestCertificate certificate = TestCertificate.create(directory, "dns:localhost,ip:127.0.0.1");
    try (RedisServer server = RedisServer.builder().tls(certificate).start()) {
      assertThat(server.call("PING")).isEqualTo("PONG");
      assertThatThrownBy(
              () -> RedisConnection.to(server.port(), javax.net.ssl.SSLContext.getDefault()))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void theReplicaTakesOverWhenAsked() {
    try (RedisSentinels sentinels = RedisSentinels.start(1)) {
      RedisServer first = sentinels.master();
      first.call("SET", "k", "v");
      sentinels.failOver();
      assertThat(sentinels.replica()).isSameAs(first);
      assertThat(sentinels.master().call("GET", "k")).isEqualTo("v");
    }
  }

  @Test
  void theReplicaTakesOverWhenTheMasterDies() {
    try (RedisSentinels sentinels = RedisSentinels.start(3)) {
      RedisServer second = sentinels.replica();
      RedisServer first = sentinels.killMaster();
      assertThat(sentinels.master()).isSameAs(second);
      assertThat(sentinels.replica()).isSameAs(first);
    }
  }

  @Test
  void aSlotMovesFromNodeToNodeAndClientsAreSentToItsProxy() {
    try (RedisCluster cluster = RedisCluster.startBehindProxies()) {
      int slot = cluster.slotOf("k");
      RedisServer source = cluster.ownerOf(slot);
      for (int i = 0; i < 25; i++) {
        source.call("SET", "{k}" + i, "v" + i);
      }
      RedisServer target = source == cluster.node(0) ? cluster.node(1) : cluster.node(0);
      cluster.moveSlot(slot, target, () -> {});
      assertThat(cluster.ownerOf(slot)).isSameAs(target);
      assertThat(target.call("GET", "{k}24")).isEqualTo("v24");
      int proxy = cluster.proxy(target == cluster.node(0) ? 0 : 1).port();
      assertThatThrownBy(() -> source.call("GET", "{k}24"))
          .hasRootCauseMessage("MOVED %d 127.0.0.1:%d".formatted(slot, proxy));
    }
  }

  @Test
  void aProxyCutsARepliesAfterSoManyBytesAndThenLetsOthersPass() throws IOException {
    REDIS.get().call("SET", "k", "value");
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port())) {
      try (RedisConnection connection = RedisConnection.to(proxy.port())) {
        assertThat(connection.call("GET", "k")).isEqualTo("value");
        proxy.cutAfter(6);
        assertThatThrownBy(() -> connection.call("GET", "k")).isInstanceOf(EOFException.class);
        assertThat(proxy.hasCut()).isTrue();
      }
      try (RedisConnection connection = RedisConnection.to(proxy.port())) {
        assertThat(connection.call("GET", "k")).isEqualTo("value");
      }
      proxy.stopListening();
      assertThatThrownBy(() -> RedisConnection.to(proxy.port()))
          .isInstanceOf(ConnectException.class);
      proxy.heal();
      try (RedisConnection connection = RedisConnection.to(proxy.port())) {
        assertThat(connection.call("GET", "k")).isEqualTo("value");
      }
    }
  }

  @Test
  void aScriptedServerSaysWhatItIsTold() throws IOException {
    try (ScriptedServer server =
            ScriptedServer.answering(
                words -> words.equals(List.of("GET", "k")) ? "$1\r\nv\r\n" : "-LOADING wait\r\n");
        RedisConnection connection = RedisConnection.to(server.port())) {
      assertThat(connection.call("GET", "k")).isEqualTo("v");
      assertThat(connection.call("PING")).isEqualTo("PONG");
      assertThatThrownBy(() -> connection.call("GET", "l")).hasMessage("LOADING wait");
    }
  }

  @Test
  void aFailedCommandSaysWhichItWas() {
    assertThatThrownBy(() -> REDIS.get().call("GET"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("GET");
  }
}
