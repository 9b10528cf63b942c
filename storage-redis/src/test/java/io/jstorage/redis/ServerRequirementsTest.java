package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.redis.server.RedisCluster;
import io.jstorage.redis.server.ScriptedServer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Servers that lack something: they are used without it, or refused with the reason. */
class ServerRequirementsTest {
  private static final String UNKNOWN =
      "-ERR unknown command `%s`, with args beginning with: `jstorage:`, \r\n";

  private static String replyOfRedis62(List<String> words) {
    return switch (words.get(0).toUpperCase(Locale.ROOT)) {
      case "PING" -> "+PONG\r\n";
      case "INFO" -> "$42\r\n# Server\r\nredis_version:6.2.14\r\nrun_id:x\r\n\r\n";
      default -> UNKNOWN.formatted(words.get(0));
    };
  }

  @Test
  void aServerThatIsTooOldIsRefusedWhenTheStorageIsOpened() throws IOException {
    try (ScriptedServer server = ScriptedServer.replying(ServerRequirementsTest::replyOfRedis62)) {
      StorageException failure =
          Opened.failure(() -> Opened.with(Opened.at(server.port())).close());
      assertThat(failure)
          .hasMessageContaining("127.0.0.1:" + server.port())
          .hasMessageContaining("Redis 7.0 or later")
          .hasMessageContaining("6.2.14")
          .hasMessageContaining("PEXPIRETIME");
    }
  }

  /** Some servers close the connection when they are greeted by a command that they do not know. */
  @Test
  void noServerIsGreetedByACommandThatItMayNotKnow() throws IOException {
    Queue<String> commands = new ConcurrentLinkedQueue<>();
    try (ScriptedServer server =
            ScriptedServer.replying(
                words -> {
                  commands.add(words.get(0));
                  return words.get(0).equals("PEXPIRETIME") ? ":-2\r\n" : "$1\r\nv\r\n";
                });
        Storage<String> storage = Opened.with(Opened.at(server.port()))) {
      assertThat(storage.get("k")).hasValue("v");
    }
    // A connection that was idle is tried by a command that every server knows.
    assertThat(commands)
        .filteredOn(command -> !command.equals("PING"))
        .containsExactly("PEXPIRETIME", "GET");
  }

  @Test
  void aServerThatLacksACommandLaterIsNamedAsTheReason() throws IOException {
    try (ScriptedServer server =
            ScriptedServer.replying(
                words ->
                    words.get(0).equals("PEXPIRETIME") && words.get(1).endsWith(":")
                        ? ":-2\r\n"
                        : UNKNOWN.formatted(words.get(0)));
        Storage<String> storage = Opened.with(Opened.at(server.port()))) {
      assertThat(Opened.failure(() -> storage.entry("k")))
          .hasMessageContaining("Redis 7.0 or later")
          .isNotInstanceOf(StorageUnavailableException.class);
    }
  }

  @Test
  void aServerThatClosesConnectionsSaysNothingAndIsToldSo() throws IOException {
    try (ScriptedServer server = ScriptedServer.hangingUp()) {
      StorageOptions options = Opened.at(server.port());
      assertThat(Opened.failureToReach(options))
          .isInstanceOf(StorageUnavailableException.class)
          .hasMessageContaining("is that a Redis server");
    }
  }

  @Test
  void aClusterThatKeepsItsAddressesToItselfIsRefusedWithTheSettingToChange() {
    try (RedisCluster cluster = RedisCluster.start()) {
      for (int i = 0; i < cluster.addresses().size(); i++) {
        cluster
            .node(i)
            .call("CONFIG", "SET", "cluster-preferred-endpoint-type", "unknown-endpoint");
      }
      StorageOptions options = StorageOptions.of("cluster", cluster.addresses());
      assertThat(Opened.failure(() -> Opened.with(options).close()))
          .hasMessageContaining("cluster-preferred-endpoint-type")
          .hasMessageContaining(cluster.addresses().get(0));
    }
  }
}
