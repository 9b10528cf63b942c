package io.jstorage.redis;

import io.jstorage.spi.ByteStoreException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.util.Pool;

/**
 * Lends connections. A fair semaphore of the pools' size stands before the pools: who comes first
 * is served first, and nobody finds a pool empty. Who holds a permit may borrow one connection to
 * each server. A connection that nobody used for a second is tried before it is lent, as its server
 * may be another one by now.
 */
final class Connections {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  final Nodes nodes;
  final Duration timeout;
  private final int size;
  private final Semaphore permits;
  private volatile boolean closed;

  /** When each was last lent. Pools drop connections without a word: hence weak. */
  private final Map<Connection, Long> used = Collections.synchronizedMap(new WeakHashMap<>());

  Connections(Nodes nodes, Duration timeout) {
    this.nodes = nodes;
    this.timeout = timeout;
    // A pool without a limit says -1.
    this.size = nodes.poolSize() < 0 ? Integer.MAX_VALUE : nodes.poolSize();
    this.permits = new Semaphore(size, true);
  }

  void takePermit(Patience patience) throws ByteStoreException {
    if (!patience.acquire(permits)) {
      throw ByteStoreException.unavailable(
          "the pool is exhausted: each of its %d connections was in use for all of %d ms; raise the option 'pool' or 'timeout'"
              .formatted(size, timeout.toMillis()),
          null);
    }
    if (closed) {
      permits.release();
      throw ByteStoreException.unavailable("the storage was closed meanwhile", null);
    }
  }

  /** Lets nobody in any more: whoever repeats a command, or waits for his turn, gives up. */
  void close() {
    closed = true;
  }

  void releasePermit() {
    permits.release();
  }

  /** Borrows a connection to the server of a command, or to where another server pointed. */
  Lease borrow(
      CommandArguments command,
      @Nullable JedisRedirectionException redirection,
      Patience patience) {
    HostAndPort node = redirection == null ? nodes.nodeOf(command) : redirection.getTargetNode();
    Lease lease = borrow(node, patience);
    if (redirection instanceof JedisAskDataException) {
      boolean asked = false;
      try {
        lease.asking();
        asked = true;
      } finally {
        if (!asked) {
          lease.close();
        }
      }
    }
    return lease;
  }

  Lease borrow(HostAndPort node, Patience patience) {
    Pool<Connection> pool = nodes.poolOf(node);
    while (true) {
      Lease lease = Lease.from(pool, timeout);
      boolean alive = false;
      try {
        alive = isAlive(lease);
      } finally {
        if (!alive) {
          // What has been idle for longer is hardly better, and would cost a time-out each.
          pool.clear();
          lease.close();
        }
      }
      if (alive) {
        return lease;
      }
      if (patience.isOver()) {
        throw new JedisConnectionException("The server did not answer a PING.");
      }
    }
  }

  private boolean isAlive(Lease lease) {
    long now = System.nanoTime();
    Long at = used.put(lease.connection, now);
    if (at == null || now - at < FRESH_NANOS) {
      return true;
    }
    try {
      lease.ping();
      return true;
    } catch (JedisDataException e) {
      return true; // Whoever answers is there.
    } catch (JedisException e) {
      return false;
    }
  }
}
