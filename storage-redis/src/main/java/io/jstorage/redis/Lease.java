package io.jstorage.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Builder;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.Pool;

/**
 * A lent connection. It is returned to its pool only if every expected reply has been read to its
 * end: the rest of one would be taken for the reply to the next command. Otherwise the connection
 * is closed. It throws Jedis' own exceptions.
 */
final class Lease implements AutoCloseable {
  final Connection connection;

  private final Usage usage;
  private final Runnable broken;

  /** The number of expected replies that have not been read and understood. */
  private int owed;

  /** Knowledge of a connection that is kept from one lease to the next. */
  static final class Usage {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile boolean lent;
    private boolean isUsed;
    private long lentAt;

    boolean isLent() {
      return lent;
    }

    /**
     * Notes that the connection is lent now.
     *
     * @param brokenAt when any connection was last found broken
     * @return whether it is new, or was lent within the last second and after that
     */
    boolean lend(long now, long brokenAt) {
      boolean trusted = !isUsed || (now - lentAt < FRESH_NANOS && lentAt - brokenAt > 0);
      lent = true;
      isUsed = true;
      lentAt = now;
      return trusted;
    }
  }

  private Lease(Connection connection, Usage usage, Runnable broken) {
    this.connection = connection;
    this.usage = usage;
    this.broken = broken;
  }

  /** Waits no longer than the time-out, however long the pool itself would wait. */
  static Connection borrow(Pool<Connection> pool, Duration timeout) {
    try {
      Connection connection = pool.borrowObject(timeout);
      connection.setHandlingPool((ConnectionPool) pool);
      return connection;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new JedisException("could not get a connection from the pool", e);
    }
  }

  /** Borrows a connection for a single question, without a record of its use. */
  static Lease from(Pool<Connection> pool, Duration timeout) {
    return new Lease(borrow(pool, timeout), new Usage(), () -> {});
  }

  /** A lease that says when it has found its connection broken. */
  static Lease of(Connection connection, Usage usage, Runnable broken) {
    return new Lease(connection, usage, broken);
  }

  <T> T execute(CommandObject<T> command) {
    send(command.getArguments());
    return receive(command);
  }

  Object execute(CommandArguments command) {
    send(command);
    return receive(BuilderFactory.RAW_OBJECT);
  }

  /**
   * Carries out commands as one step of the server.
   *
   * @return their replies, among them the errors of commands that failed there
   */
  @SuppressWarnings("unchecked") // The form of the reply is the protocol's.
  @Nullable List<Object> transact(List<CommandArguments> commands) {
    send(new CommandArguments(Command.MULTI));
    commands.forEach(this::send);
    send(new CommandArguments(Command.EXEC));
    List<JedisDataException> refusals = new ArrayList<>();
    Object replies = null;
    while (owed > 0) {
      try {
        replies = receive(BuilderFactory.RAW_OBJECT);
      } catch (JedisDataException e) {
        refusals.add(e);
      }
    }
    if (!refusals.isEmpty()) {
      // The first one has the reason; those of later commands follow from it.
      throw refusals.get(0);
    }
    return (List<Object>) replies;
  }

  /** Makes a node that a key is moving to carry out the next command. */
  void asking() {
    execute(new CommandArguments(Command.ASKING));
  }

  void ping() {
    execute(new CommandArguments(Command.PING));
  }

  /** Sends a command whose reply is read later. */
  void send(CommandArguments command) {
    owed++;
    connection.sendCommand(command);
  }

  /**
   * Reads the reply to the first command that was sent and has none yet. Commands are not executed
   * by Jedis' own method, which would reply from the cache of a client that has one.
   */
  <T> T receive(CommandObject<T> command) {
    return receive(command.getBuilder());
  }

  private <T> T receive(Builder<T> builder) {
    try {
      T reply = builder.build(connection.getOne());
      owed--;
      return reply;
    } catch (JedisDataException e) {
      owed--; // An error of the server is a reply too, read to its end.
      throw e;
    }
  }

  @Override
  public void close() {
    usage.lent = false;
    if (owed > 0) {
      connection.setBroken();
    }
    if (connection.isBroken()) {
      broken.run();
    }
    try {
      connection.close();
    } catch (JedisException e) {
      // The pool was closed concurrently, and the connection with it.
    }
  }
}
