package io.jstorage.redis;

import io.jstorage.spi.ByteStoreException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

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

  /** When each was given back. Pools drop connections without a word: hence weak. */
  private final Map<Connection, Long> givenBack = Collections.synchronizedMap(new WeakHashMap<>());

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
  }

  void releasePermit() {
    permits.release();
  }

  /** Borrows a connection to the server of a command, or to where another server pointed. */
  Connection borrow(CommandArguments command, @Nullable JedisRedirectionException redirection) {
    HostAndPort target = redirection == null ? null : redirection.getTargetNode();
    Connection connection = borrowAlive(() -> nodes.connect(command, target));
    if (redirection instanceof JedisAskDataException) {
      try {
        connection.executeCommand(Command.ASKING);
      } catch (RuntimeException e) {
        giveBack(connection);
        throw e;
      }
    }
    return connection;
  }

  Connection borrow(HostAndPort node) {
    return borrowAlive(() -> nodes.connect(node));
  }

  private Connection borrowAlive(Supplier<Connection> pool) {
    while (true) {
      Connection connection = pool.get();
      if (isAlive(connection)) {
        return connection;
      }
      giveBack(connection);
    }
  }

  private boolean isAlive(Connection connection) {
    Long at = givenBack.get(connection);
    if (at == null || System.nanoTime() - at < FRESH_NANOS) {
      return true;
    }
    try {
      return connection.ping();
    } catch (JedisDataException e) {
      return true; // Whoever answers is there.
    } catch (JedisException e) {
      connection.setBroken();
      return false;
    }
  }

  void giveBack(@Nullable Connection connection) {
    if (connection == null) {
      return;
    }
    if (!connection.isBroken()) {
      givenBack.put(connection, System.nanoTime());
    }
    try {
      connection.close();
    } catch (JedisException e) {
      // The pool has been closed meanwhile, and the connection with it.
    }
  }

  /** Finds out anew who has which keys; if that fails, so does the next attempt, and says why. */
  void refresh() {
    try {
      nodes.refresh();
    } catch (JedisException e) {
      // See above.
    }
  }
}
