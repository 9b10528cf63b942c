package io.jstorage.redis;

import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.util.Pool;

/** One server, or the one that Sentinels name at the time. */
final class SingleNode implements Nodes {
  private static final HostAndPort NODE = new HostAndPort("the server", 0);

  private final Supplier<Pool<Connection>> pool;

  private SingleNode(Supplier<Pool<Connection>> pool) {
    this.pool = pool;
  }

  static SingleNode of(RedisClient client) {
    return new SingleNode(client::getPool);
  }

  static SingleNode of(RedisSentinelClient client) {
    return new SingleNode(() -> client.getPrimaryNodesConnectionMap().values().iterator().next());
  }

  @Override
  public Pool<Connection> poolOf(HostAndPort node) {
    return pool.get();
  }

  @Override
  public HostAndPort nodeOf(CommandArguments command) {
    return NODE;
  }

  @Override
  public List<HostAndPort> masters() {
    return List.of(NODE);
  }

  /** Sentinels tell by themselves. */
  @Override
  public void refresh() {}

  @Override
  public boolean isCluster() {
    return false;
  }

  @Override
  public int poolSize() {
    return pool.get().getMaxTotal();
  }
}
