package io.jstorage.redis;

import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;
import redis.clients.jedis.util.Pool;

/** One server, or the one that Sentinels name at the time. */
final class SingleNode implements Nodes {
  private static final HostAndPort NODE = new HostAndPort("the server", 0);

  private final Supplier<Pool<Connection>> pool;

  private SingleNode(Supplier<Pool<Connection>> pool) {
    this.pool = pool;
  }

  static SingleNode of(PooledConnectionProvider provider) {
    return new SingleNode(provider::getPool);
  }

  static SingleNode of(SentineledConnectionProvider provider) {
    return new SingleNode(() -> JedisAccess.poolOf(provider));
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

  /** Jedis hears of a new master from the Sentinels. */
  @Override
  public void refresh() {}

  @Override
  public void suspect(HostAndPort node) {}

  @Override
  public boolean isCluster() {
    return false;
  }

  @Override
  public int poolSize() {
    return pool.get().getMaxTotal();
  }
}
