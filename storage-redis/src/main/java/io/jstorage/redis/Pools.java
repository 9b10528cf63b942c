package io.jstorage.redis;

import java.time.Duration;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.Pool;

/** Borrows from the pools of a client, which may be in use by others too. */
final class Pools {
  private Pools() {}

  /** Waits no longer than the time-out, whatever the pool's own patience is. */
  static Connection borrow(Pool<Connection> pool, Duration timeout) {
    try {
      Connection connection = pool.borrowObject(timeout);
      connection.setHandlingPool((ConnectionPool) pool);
      return connection;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new JedisException("Could not get a connection from the pool.", e);
    }
  }
}
