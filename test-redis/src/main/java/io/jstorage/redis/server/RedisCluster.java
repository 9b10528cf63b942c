package io.jstorage.redis.server;

import io.jstorage.jvm.Polling;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Three masters of a cluster on the loopback interface, among which all slots are divided. */
public final class RedisCluster implements AutoCloseable {
  private static final int SIZE = 3;
  private static final int SLOTS = 16_384;
  private static final int BATCH = 10;

  private final List<RedisServer> nodes = new ArrayList<>();
  private final List<TcpProxy> proxies = new ArrayList<>();

  private RedisCluster() {}

  /** Starts the nodes and waits until each of them knows who has which slot. */
  public static RedisCluster start() {
    RedisCluster cluster = new RedisCluster();
    try {
      for (int i = 0; i < SIZE; i++) {
        cluster.nodes.add(
            RedisServer.builder()
                // A node that pauses for some seconds is not to stop the others.
                .with("--cluster-enabled", "yes", "--cluster-node-timeout", "15000")
                .start());
      }
      cluster.meet();
      Polling.until("the cluster is complete", cluster::isComplete);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Starts the nodes, each of which tells clients to reach it through a proxy. */
  public static RedisCluster startBehindProxies() {
    RedisCluster cluster = start();
    for (RedisServer node : cluster.nodes) {
      TcpProxy proxy = new TcpProxy(node.port());
      cluster.proxies.add(proxy);
      node.call("CONFIG", "SET", "cluster-announce-port", Integer.toString(proxy.port()));
    }
    Polling.until("every node knows the proxies", cluster::areProxiesKnown);
    return cluster;
  }

  private boolean areProxiesKnown() {
    return nodes.stream()
        .map(node -> String.valueOf(node.call("CLUSTER", "NODES")))
        .allMatch(
            known -> proxies.stream().allMatch(proxy -> known.contains(":" + proxy.port() + "@")));
  }

  private void meet() {
    for (int i = 0; i < SIZE; i++) {
      int first = SLOTS * i / SIZE;
      int last = SLOTS * (i + 1) / SIZE - 1;
      RedisServer node = node(i);
      node.call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
      node.call("CLUSTER", "ADDSLOTSRANGE", Integer.toString(first), Integer.toString(last));
      if (i > 0) {
        node.call("CLUSTER", "MEET", node(0).host(), Integer.toString(node(0).port()));
      }
    }
  }

  private boolean isComplete() {
    for (RedisServer node : nodes) {
      String info = String.valueOf(node.call("CLUSTER", "INFO"));
      if (!info.contains("cluster_state:ok")
          || !info.contains("cluster_slots_ok:" + SLOTS)
          || !info.contains("cluster_known_nodes:" + SIZE)) {
        return false;
      }
    }
    return true;
  }

  public RedisServer node(int index) {
    return nodes.get(index);
  }

  /** The proxy in front of a node. */
  public TcpProxy proxy(int index) {
    return proxies.get(index);
  }

  /** The addresses of the nodes for clients, as {@code host:port}. */
  public List<String> addresses() {
    return proxies.isEmpty()
        ? nodes.stream().map(RedisServer::toString).toList()
        : proxies.stream().map(proxy -> proxy.host() + ":" + proxy.port()).toList();
  }

  /** The slot of a key. */
  public int slotOf(String key) {
    return ((Long) Objects.requireNonNull(node(0).call("CLUSTER", "KEYSLOT", key))).intValue();
  }

  /** The node that considers itself the slot's owner. */
  public RedisServer ownerOf(int slot) {
    for (RedisServer node : nodes) {
      String id = idOf(node);
      for (Object range : list(node.call("CLUSTER", "SLOTS"))) {
        List<?> parts = list(range);
        if (slot >= (Long) parts.get(0)
            && slot <= (Long) parts.get(1)
            && list(parts.get(2)).contains(id)) {
          return node;
        }
      }
    }
    throw new IllegalStateException("nobody has slot " + slot);
  }

  /**
   * Moves a slot and its keys to another node, a few keys at a time, as {@code redis-cli --cluster
   * reshard} does. Clients may go on meanwhile.
   *
   * @param betweenBatches runs before the first batch and after each
   */
  public void moveSlot(int slot, RedisServer target, Runnable betweenBatches) {
    RedisServer source = ownerOf(slot);
    String number = Integer.toString(slot);
    String targetId = idOf(target);
    target.call("CLUSTER", "SETSLOT", number, "IMPORTING", idOf(source));
    source.call("CLUSTER", "SETSLOT", number, "MIGRATING", targetId);
    betweenBatches.run();
    List<?> keys = keysIn(source, number);
    while (!keys.isEmpty()) {
      List<String> migrate = new ArrayList<>();
      migrate.addAll(List.of("MIGRATE", target.host(), Integer.toString(target.port()), ""));
      migrate.addAll(List.of("0", "60000", "KEYS"));
      keys.forEach(key -> migrate.add(String.valueOf(key)));
      source.call(migrate.toArray(String[]::new));
      betweenBatches.run();
      keys = keysIn(source, number);
    }
    // The target first: else the source would redirect to a node that does not have the slot yet.
    target.call("CLUSTER", "SETSLOT", number, "NODE", targetId);
    source.call("CLUSTER", "SETSLOT", number, "NODE", targetId);
    for (RedisServer node : nodes) {
      node.call("CLUSTER", "SETSLOT", number, "NODE", targetId);
    }
  }

  private static List<?> keysIn(RedisServer node, String slot) {
    return list(node.call("CLUSTER", "GETKEYSINSLOT", slot, Integer.toString(BATCH)));
  }

  private static String idOf(RedisServer node) {
    return String.valueOf(node.call("CLUSTER", "MYID"));
  }

  private static List<?> list(@Nullable Object reply) {
    return (List<?>) Objects.requireNonNull(reply);
  }

  @Override
  public void close() {
    proxies.forEach(TcpProxy::close);
    Closing.all(nodes);
  }
}
