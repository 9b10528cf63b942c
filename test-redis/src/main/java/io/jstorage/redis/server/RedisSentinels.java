package io.jstorage.redis.server;

import io.jstorage.jvm.Polling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A master, a replica and sentinels that watch them, on the loopback interface. At each fail-over
 * the two servers exchange their roles.
 */
public final class RedisSentinels implements AutoCloseable {
  /** The name under which the sentinels know the master. */
  public static final String MASTER = "mymaster";

  private final List<RedisServer> servers = new ArrayList<>();
  private final List<RedisServer> sentinels = new ArrayList<>();

  private RedisSentinels() {}

  /** Starts everything and waits until a fail-over is possible. */
  public static RedisSentinels start(int count) {
    return start(count, "");
  }

  /** Starts everything, with a password that the sentinels ask for, as their servers do not. */
  public static RedisSentinels start(int count, String password) {
    RedisSentinels all = new RedisSentinels();
    try {
      RedisServer master = all.add(RedisServer.builder());
      String port = Integer.toString(master.port());
      all.add(RedisServer.builder().with("--replicaof", "127.0.0.1", port));
      // A sentinel asks a replica only every ten seconds: it had better be ready at the first time.
      Polling.until("the replica follows", () -> isSynchronized(master));
      for (int i = 0; i < count; i++) {
        RedisServer.Builder sentinel =
            RedisServer.builder().sentinel(configuration(port, count / 2 + 1));
        all.sentinels.add((password.isEmpty() ? sentinel : sentinel.password(password)).start());
      }
      // After a pause of two seconds a sentinel would do nothing for half a minute.
      all.sentinels.forEach(each -> each.call("SENTINEL", "DEBUG", "TILT-TRIGGER", "60000"));
      Polling.until("a fail-over is possible", all::isWatched);
      return all;
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
  }

  private RedisServer add(RedisServer.Builder builder) {
    // A replica copies at once, and without a file in between.
    RedisServer server = builder.with("--repl-diskless-sync-delay", "0").start();
    servers.add(server);
    return server;
  }

  private static String configuration(String port, int quorum) {
    return """
        sentinel monitor %1$s 127.0.0.1 %2$s %3$d
        sentinel down-after-milliseconds %1$s 60000
        sentinel failover-timeout %1$s 3000
        """
        .formatted(MASTER, port, quorum);
  }

  private boolean isWatched() {
    for (RedisServer sentinel : sentinels) {
      String info = String.valueOf(sentinel.call("INFO", "sentinel"));
      if (!info.contains("status=ok") || !info.contains("slaves=1,sentinels=" + sentinels.size())) {
        return false;
      }
      List<?> replicas = list(sentinel.call("SENTINEL", "REPLICAS", MASTER));
      List<?> replica = list(replicas.get(0));
      if (!"ok".equals(replica.get(replica.indexOf("master-link-status") + 1))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSynchronized(RedisServer master) {
    return String.valueOf(master.call("INFO", "replication")).contains("state=online");
  }

  /** The addresses of the sentinels, as {@code host:port}. */
  public List<String> addresses() {
    return sentinels.stream().map(RedisServer::toString).toList();
  }

  /** The server that the first sentinel takes for the master. */
  public RedisServer master() {
    int port = masterPort();
    return servers.stream().filter(server -> server.port() == port).findFirst().orElseThrow();
  }

  /** The server that is not the master. */
  public RedisServer replica() {
    int port = masterPort();
    return servers.stream().filter(server -> server.port() != port).findFirst().orElseThrow();
  }

  private int masterPort() {
    List<?> address = list(sentinels.get(0).call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER));
    return Integer.parseInt(String.valueOf(address.get(1)));
  }

  /**
   * Waits until a replica has all earlier writes. WAIT is about the writes of its own connection,
   * so one is made here; the replica has the earlier ones before it.
   */
  public void awaitReplication() {
    try (RedisConnection connection = master().connect()) {
      connection.call("SET", "last", "v");
      Object replicas = connection.call("WAIT", "1", "30000");
      if (!Long.valueOf(1).equals(replicas)) {
        throw new IllegalStateException("no replica has followed within 30 s");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lets the sentinels promote the replica and waits until they have. For some seconds more the
   * former master takes writes, which are lost, as one would that is cut off from the sentinels.
   */
  public void failOver() {
    RedisServer promoted = replica();
    AtomicInteger looks = new AtomicInteger();
    Polling.until(
        "the replica is promoted",
        () -> {
          if (isMaster(promoted)) {
            return true;
          }
          // A fail-over is given up at a pause of a server: another one is begun after seconds.
          if (looks.getAndIncrement() % 1_000 == 0) {
            requestFailOver();
          }
          return false;
        });
  }

  private void requestFailOver() {
    try {
      sentinels.get(0).call("SENTINEL", "FAILOVER", MASTER);
    } catch (UncheckedIOException e) {
      // One is going on, or the replica seems to be away.
    }
  }

  /**
   * Kills the master and waits until the sentinels have promoted the replica. Only from now on a
   * server that pauses for a second is taken for a dead one.
   */
  public RedisServer killMaster() {
    RedisServer promoted = replica();
    RedisServer killed = master();
    for (RedisServer sentinel : sentinels) {
      sentinel.call("SENTINEL", "SET", MASTER, "down-after-milliseconds", "1000");
    }
    killed.kill();
    Polling.until("the replica is promoted", () -> isMaster(promoted));
    return killed;
  }

  private boolean isMaster(RedisServer server) {
    return masterPort() == server.port()
        && String.valueOf(server.call("INFO", "replication")).contains("role:master");
  }

  private static List<?> list(@Nullable Object reply) {
    return (List<?>) Objects.requireNonNull(reply);
  }

  @Override
  public void close() {
    Closing.all(sentinels);
    Closing.all(servers);
  }
}
