package io.jstorage.redis;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisClusterOperationException;

/** The masters of a Redis Cluster. */
final class ClusterNodes implements Nodes {
  private final RedisClusterClient client;
  private final Duration timeout;
  private volatile @Nullable SlotMap slots;

  ClusterNodes(RedisClusterClient client, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  @Override
  public Connection connect(CommandArguments command, @Nullable HostAndPort pointedTo) {
    return pointedTo == null ? client.getConnectionFromSlot(slotOf(command)) : connect(pointedTo);
  }

  private static int slotOf(CommandArguments command) {
    return command.getKeyHashSlots().iterator().next();
  }

  @Override
  public Connection connect(HostAndPort node) {
    ConnectionPool pool = client.getClusterNodes().get(node.toString());
    if (pool == null) {
      refresh();
      pool = client.getClusterNodes().get(node.toString());
    }
    if (pool == null) {
      throw new JedisClusterOperationException("The node %s is not known.".formatted(node));
    }
    return Pools.borrow(pool, timeout);
  }

  @Override
  public HostAndPort nodeOf(CommandArguments command) {
    return slots().masterOf(slotOf(command));
  }

  @Override
  public List<HostAndPort> masters() {
    slots = null;
    return slots().masters();
  }

  private SlotMap slots() {
    SlotMap known = slots;
    if (known == null) {
      try (Connection connection = client.getConnectionFromSlot(0)) {
        known = SlotMap.ask(connection);
      }
      slots = known;
    }
    return known;
  }

  @Override
  public void refresh() {
    client.refreshClusterTopology();
    slots = null;
  }

  @Override
  public boolean isCluster() {
    return true;
  }

  @Override
  public int poolSize() {
    return client.getClusterNodes().values().iterator().next().getMaxTotal();
  }
}
