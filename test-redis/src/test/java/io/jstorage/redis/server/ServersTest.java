package io.jstorage.redis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The assumptions of the store's tests about the servers. */
class ServersTest {
  @RegisterExtension
  static final ServerExtension<RedisServer> REDIS = ServerExtension.of(RedisServer::start);

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
  void aProxyCutsAReplyAfterSoManyBytesAndThenLetsOthersPass() throws IOException {
    REDIS.get().call("SET", "k", "value");
    try (TcpProxy proxy = new TcpProxy(REDIS.get().port())) {
      try (RedisConnection connection = RedisConnection.to(proxy.port())) {
        assertThat(connection.call("GET", "k")).isEqualTo("value");
        proxy.cutAfter(6);
        assertThatThrownBy(() -> connection.call("GET", "k")).isInstanceOf(IOException.class);
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
