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
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.util.Pool;

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
  public Pool<Connection> poolOf(HostAndPort node) {
    ConnectionPool pool = client.getClusterNodes().get(node.toString());
    if (pool == null) {
      client.refreshClusterTopology();
      pool = client.getClusterNodes().get(node.toString());
    }
    if (pool == null) {
      throw new JedisClusterOperationException("The node %s is not known.".formatted(node));
    }
    return pool;
  }

  @Override
  public HostAndPort nodeOf(CommandArguments command) {
    return slots().masterOf(command.getKeyHashSlots().iterator().next());
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
   * Asks one node after the other, as any of them may be down, or know nothing of the others, but
   * none after the time-out. Where all are gone, the client looks where it was told to begin.
   */
  private SlotMap ask() {
    long start = System.nanoTime();
    List<ConnectionPool> pools = new ArrayList<>(client.getClusterNodes().values());
    Collections.shuffle(pools);
    JedisClusterOperationException failure =
        new JedisClusterOperationException("No node says which node has which slots.");
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
      client.refreshClusterTopology();
      throw failure;
    }
    return partial;
  }

  /** The next command asks; a client's own way of asking waits for each node that hangs. */
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
    return client.getClusterNodes().values().iterator().next().getMaxTotal();
  }
}
