package io.jstorage.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** The nodes that did not reply the last time; they are asked last. */
  private final Set<String> suspects = ConcurrentHashMap.newKeySet();

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
    SlotMap now = ask();
    slots = now;
    return now.masters();
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
   * time-out. If no node replies, Jedis asks the initial addresses.
   */
  private SlotMap ask() {
    long start = System.nanoTime();
    List<Map.Entry<String, ConnectionPool>> pools = new ArrayList<>(provider.getNodes().entrySet());
    Collections.shuffle(pools);
    // A node that hangs would use up the time-out before another one is asked.
    pools.sort(Comparator.comparing(pool -> suspects.contains(pool.getKey())));
    JedisClusterOperationException failure =
        new JedisClusterOperationException("no node says which node has which slots");
    SlotMap partial = null;
    for (Map.Entry<String, ConnectionPool> pool : pools) {
      try (Lease lease = Lease.from(pool.getValue(), timeout)) {
        SlotMap map = SlotMap.ask(lease);
        suspects.remove(pool.getKey());
        if (map.isComplete()) {
          return map;
        }
        partial = map;
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
        suspects.add(pool.getKey());
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
  public void suspect(HostAndPort node) {
    suspects.add(node.toString());
    refresh();
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
