package io.jstorage.redis;

import io.jstorage.redis.Lease.Usage;
import io.jstorage.spi.ByteStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
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
 * Lends connections. There are as many turns as the pools have connections: threads are served in
 * the order in which they arrive, and none finds a pool empty. The holder of a turn may borrow one
 * connection to each server. A connection that was idle for a second is tried before it is lent, as
 * another server may have taken its place.
 */
final class Connections {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  final Nodes nodes;
  final Duration timeout;
  private final int size;
  private final Turns turns;
  private volatile boolean closed;

  /** Weak, as pools drop connections without notice. Guarded by itself. */
  private final Map<Connection, Usage> usages = new WeakHashMap<>();

  Connections(Nodes nodes, Duration timeout) {
    this.nodes = nodes;
    this.timeout = timeout;
    // A pool without a limit says -1.
    this.size = nodes.poolSize() < 0 ? Integer.MAX_VALUE : nodes.poolSize();
    this.turns = new Turns(size);
  }

  /** Waits for a turn to do anything, and is to be followed by {@link #endTurn}. */
  void awaitTurn(Deadline deadline) throws ByteStoreException {
    awaitTurn(Turn.alone(), deadline);
  }

  /**
   * Waits for a turn, which is to be given back by {@link #endTurn}, or until another thread has
   * carried the command out.
   *
   * @return whether it is the thread's own turn
   */
  boolean awaitTurn(Turn<?> turn, Deadline deadline) throws ByteStoreException {
    return switch (turns.await(turn, deadline)) {
      case OWN -> true;
      case CARRIED -> false;
      case WAITING ->
          throw ByteStoreException.unavailable(
              "the pool is exhausted: each of its %d connections was in use for all of %d ms; raise the option 'pool' or 'timeout'"
                  .formatted(size, timeout.toMillis()),
              null);
      case CLOSED -> throw ByteStoreException.unavailable("the storage was closed", null);
    };
  }

  void endTurn() {
    turns.end();
  }

  /**
   * Carries the command of a turn out on a single server, with those that wait behind it. They join
   * when a connection is there, so that only their replies can be lost. None is left without an
   * outcome.
   */
  void carryOut(Turn<?> turn, CommandArguments command, Deadline deadline) {
    try {
      sendTogether(turn, command, deadline);
    } finally {
      turns.end();
    }
  }

  private void sendTogether(Turn<?> turn, CommandArguments command, Deadline deadline) {
    List<Turn<?>> together = List.of(turn);
    try (Lease lease = borrow(command, null, deadline)) {
      together = turns.gather(turn);
      turns.saw(Turn.exchange(together, lease, timeout.toNanos()));
    } catch (RuntimeException e) {
      Turn.fail(together, e);
    } catch (Error e) {
      Turn.fail(together, new JedisException("the thread that sent the command failed", e));
      throw e;
    }
  }

  /** Ends retries and waits for a turn and, if the connections may be cut, commands too. */
  void close(boolean cut) {
    closed = true;
    if (cut) {
      lent().forEach(JedisAccess::cut);
    }
    turns.close();
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
      long idle = usage.lend(System.nanoTime());
      Lease lease = Lease.of(connection, usage);
      boolean alive = false;
      try {
        // Looked at after the connection is marked as lent: close() marks first and looks then.
        if (closed) {
          throw new JedisConnectionException("the storage was closed");
        }
        alive = idle < FRESH_NANOS || replies(lease);
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
