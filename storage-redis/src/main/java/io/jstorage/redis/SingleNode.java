package io.jstorage.redis;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
  private final Duration timeout;

  private SingleNode(Supplier<Pool<Connection>> pool, Duration timeout) {
    this.pool = pool;
    this.timeout = timeout;
  }

  static SingleNode of(RedisClient client, Duration timeout) {
    return new SingleNode(client::getPool, timeout);
  }

  static SingleNode of(RedisSentinelClient client, Duration timeout) {
    return new SingleNode(
        () -> client.getPrimaryNodesConnectionMap().values().iterator().next(), timeout);
  }

  @Override
  public Connection connect(CommandArguments command, @Nullable HostAndPort pointedTo) {
    return connect(NODE);
  }

  @Override
  public Connection connect(HostAndPort node) {
    return Pools.borrow(pool.get(), timeout);
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
