package io.jstorage.redis;

import java.time.Duration;
import java.util.function.Supplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.Pool;

/**
 * A connection that is lent. It goes back to its pool only if every reply that was asked for has
 * been read to its end; what is left of one would answer the next request. Hence whatever ends an
 * exchange early, of whichever type, breaks the connection. What it throws is Jedis' own.
 */
final class Lease implements AutoCloseable {
  final Connection connection;

  /** How many replies have been asked for and not been read and understood. */
  private int owed;

  private Lease(Connection connection) {
    this.connection = connection;
  }

  /** Waits no longer than the time-out, whatever the pool's own patience is. */
  static Lease from(Pool<Connection> pool, Duration timeout) {
    try {
      Connection connection = pool.borrowObject(timeout);
      connection.setHandlingPool((ConnectionPool) pool);
      return new Lease(connection);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new JedisException("Could not get a connection from the pool.", e);
    }
  }

  <T> T execute(CommandObject<T> command) {
    owed++;
    return awaited(() -> connection.executeCommand(command));
  }

  Object execute(CommandArguments command) {
    owed++;
    return awaited(() -> connection.executeCommand(command));
  }

  /** Has the next command answered by a node that a key is on its way to. */
  void asking() {
    execute(new CommandArguments(Command.ASKING));
  }

  void ping() {
    owed++;
    awaited(connection::ping);
  }

  /** Sends a command whose reply is read later. */
  void send(CommandArguments command) {
    owed++;
    connection.sendCommand(command);
  }

  /** Reads the reply to the first command that was sent and has none yet. */
  <T> T receive(CommandObject<T> command) {
    return awaited(() -> command.getBuilder().build(connection.getOne()));
  }

  /** An error of the server is a reply too, read to its end. */
  private <T> T awaited(Supplier<T> reply) {
    try {
      T read = reply.get();
      owed--;
      return read;
    } catch (JedisDataException e) {
      owed--;
      throw e;
    }
  }

  @Override
  public void close() {
    if (owed > 0) {
      connection.setBroken();
    }
    try {
      connection.close();
    } catch (JedisException e) {
      // The pool has been closed meanwhile, and the connection with it.
    }
  }
}
