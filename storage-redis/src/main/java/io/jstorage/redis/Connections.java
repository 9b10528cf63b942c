package io.jstorage.redis;

import io.jstorage.redis.Lease.Usage;
import io.jstorage.spi.ByteStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Semaphore;
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
 * Lends connections. A fair semaphore of the pools' size guards the pools: threads are served in
 * the order in which they arrive, and none finds a pool empty. The holder of a permit may borrow
 * one connection to each server. A connection is tried before it is lent if it was idle for a
 * second, as another server may have taken its server's place, or if any connection has broken
 * since it was lent the last time: a write that follows one of unknown outcome is not to be another
 * one.
 */
final class Connections {
  final Nodes nodes;
  final Duration timeout;
  private final int size;
  private final Semaphore permits;
  private volatile boolean closed;

  /** When a connection was last found broken, by {@link System#nanoTime()}. */
  private volatile long brokenAt = System.nanoTime();

  /** Weak, as pools drop connections without notice. Guarded by itself. */
  private final Map<Connection, Usage> usages = new WeakHashMap<>();

  Connections(Nodes nodes, Duration timeout) {
    this.nodes = nodes;
    this.timeout = timeout;
    // A pool without a limit says -1.
    this.size = nodes.poolSize() < 0 ? Integer.MAX_VALUE : nodes.poolSize();
    this.permits = new Semaphore(size, true);
  }

  void takePermit(Deadline deadline) throws ByteStoreException {
    if (!deadline.acquire(permits)) {
      throw ByteStoreException.unavailable(
          "the pool is exhausted: each of its %d connections was in use for all of %d ms; raise the option 'pool' or 'timeout'"
              .formatted(size, timeout.toMillis()),
          null);
    }
    if (closed) {
      permits.release();
      throw ByteStoreException.unavailable("the storage was closed", null);
    }
  }

  void releasePermit() {
    permits.release();
  }

  /** Ends retries and waits for a permit and, if the connections may be cut, commands too. */
  void close(boolean cut) {
    closed = true;
    if (cut) {
      lent().forEach(JedisAccess::cut);
    }
    if (size < Integer.MAX_VALUE / 2) {
      permits.release(Integer.MAX_VALUE / 2); // No thread waits any longer.
    }
  }

  private List<Connection> lent() {
    synchronized (usages) {
      return usages.entrySet().stream()
          .filter(each -> each.getValue().isLent())
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /** Borrows a connection to the server of a command, or to the server that another one named. */
  Lease borrow(
      CommandArguments command,
      @Nullable JedisRedirectionException redirection,
      Deadline deadline) {
    HostAndPort node = redirection == null ? nodes.nodeOf(command) : redirection.getTargetNode();
    Lease lease = borrow(node, deadline);
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

  Lease borrow(HostAndPort node, Deadline deadline) {
    Pool<Connection> pool = nodes.poolOf(node);
    while (true) {
      Connection connection = Lease.borrow(pool, timeout);
      Usage usage = usageOf(connection);
      boolean trusted = usage.lend(System.nanoTime(), brokenAt);
      Lease lease = Lease.of(connection, usage, () -> brokenAt = System.nanoTime());
      boolean alive = false;
      try {
        // Looked at after the connection is marked as lent: close() marks first and looks then.
        if (closed) {
          throw new JedisConnectionException("the storage was closed");
        }
        alive = trusted || replies(lease);
      } finally {
        if (!alive) {
          // Those that have been idle for longer are hardly better, and would cost a time-out each.
          pool.clear();
          lease.close();
        }
      }
      if (alive) {
        return lease;
      }
      if (deadline.isOver()) {
        throw new JedisConnectionException("the server did not reply to a PING");
      }
    }
  }

  private Usage usageOf(Connection connection) {
    synchronized (usages) {
      return usages.computeIfAbsent(connection, each -> new Usage());
    }
  }

  private static boolean replies(Lease lease) {
    try {
      lease.ping();
      return true;
    } catch (JedisDataException e) {
      return true; // An error is a reply too.
    } catch (JedisException e) {
      return false;
    }
  }
}
