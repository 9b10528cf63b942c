package io.jstorage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageOptions;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.RedisCluster;
import io.jstorage.redis.server.RedisServer;
import io.jstorage.redis.server.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody writes while an entry is read: between its value and its deadline. */
class EntrySnapshotProxyTest {
  private static final String NAME = "jstorage:k";
  private static final String GET = "GET\r\n$%d\r\n%s\r\n".formatted(NAME.length(), NAME);

  @Test
  void valueAndDeadlineOfAnEntryAreThoseOfOneWrite() throws IOException {
    try (RedisServer server = RedisServer.start();
        TcpProxy proxy = new TcpProxy(server.port());
        Storage<String> storage = Opened.with(Opened.at(proxy.port()))) {
      assertSnapshot(storage, proxy, server);
    }
  }

  @Test
  void valueAndDeadlineOfAnEntryInAClusterAreThoseOfOneWrite() {
    try (RedisCluster cluster = RedisCluster.startBehindProxies();
        Storage<String> storage = Opened.with(StorageOptions.of("cluster", cluster.addresses()))) {
      RedisServer owner = cluster.ownerOf(cluster.slotOf(NAME));
      for (int i = 0; i < cluster.addresses().size(); i++) {
        if (cluster.node(i) == owner) {
          assertSnapshot(storage, cluster.proxy(i), owner);
        }
      }
    }
  }

  private static void assertSnapshot(Storage<String> storage, TcpProxy proxy, RedisServer server) {
    storage.put("k", "for an hour", Duration.ofHours(1));
    long replies = proxy.replyBytes();
    proxy.pauseAfter(
        GET,
        () -> {
          Polling.until("the server has seen the GET", () -> proxy.replyBytes() > replies);
          server.call("SET", NAME, "for ever");
        });
    Entry<String> entry = storage.entry("k").orElseThrow();
    assertThat(server.call("GET", NAME)).isEqualTo("for ever");
    assertThat(entry.expiresAt().isPresent())
        .as("'%s' expires", entry.value())
        .isEqualTo(entry.value().equals("for an hour"));
    assertThat(storage.remove("k", entry.version().orElseThrow()))
        .as("the version is that of what is stored")
        .isEqualTo(entry.value().equals("for ever"));
  }
}
