package io.jstorage.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.clients.jedis.util.Pool;

/** The masters of a Redis Cluster. */
final class ClusterNodes implements Nodes {
  private final ClusterConnectionProvider provider;
  private final Duration timeout;
  private volatile @Nullable SlotMap slots;

  ClusterNodes(ClusterConnectionProvider provider, Duration timeout) {
    this.provider = provider;
    this.timeout = timeout;
  }

  @Override
  public Pool<Connection> poolOf(HostAndPort node) {
    ConnectionPool pool = provider.getNodes().get(node.toString());
    if (pool == null) {
      provider.renewSlotCache();
      pool = provider.getNodes().get(node.toString());
    }
    if (pool == null) {
      throw new JedisClusterOperationException("the node %s is not known".formatted(node));
    }
    return pool;
  }

  @Override
  public HostAndPort nodeOf(CommandArguments command) {
    return slots().masterOf(JedisClusterCRC16.getSlot((byte[]) command.getKeys().get(0)));
  }

  @Override
  public List<HostAndPort> masters() {
    slots = null;
    return slots().masters();
  }

  private SlotMap slots() {
    SlotMap known = slots;
    if (known == null) {
      known = ask();
      slots = known;
    }
    return known;
  }

  /**
   * Asks one node after the other until one knows the master of each slot, and none after the
   * time-out. If no node replies, Jedis looks where it was told to begin.
   */
  private SlotMap ask() {
    long start = System.nanoTime();
    List<ConnectionPool> pools = new ArrayList<>(provider.getNodes().values());
    Collections.shuffle(pools);
    JedisClusterOperationException failure =
        new JedisClusterOperationException("no node says which node has which slots");
    SlotMap partial = null;
    for (ConnectionPool pool : pools) {
      try (Lease lease = Lease.from(pool, timeout)) {
        SlotMap map = SlotMap.ask(lease);
        if (map.isComplete()) {
          return map;
        }
        partial = map;
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
      if (System.nanoTime() - start > timeout.toNanos()) {
        throw failure;
      }
    }
    if (partial == null) {
      provider.renewSlotCache();
      throw failure;
    }
    return partial;
  }

  /** Jedis' own way of asking, which would wait for each node that hangs, is not used. */
  @Override
  public void refresh() {
    slots = null;
  }

  @Override
  public boolean isCluster() {
    return true;
  }

  @Override
  public int poolSize() {
    return provider.getNodes().values().iterator().next().getMaxTotal();
  }
}
