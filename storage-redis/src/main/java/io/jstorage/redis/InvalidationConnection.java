package io.jstorage.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.Pool;

/**
 * A connection on which a server reports the names of keys that change, by its tracking of clients
 * ("CLIENT TRACKING"). It is made like those of a pool, but belongs to none. It throws Jedis' own
 * exceptions.
 */
final class InvalidationConnection {
  private static final String CHANNEL = "__redis__:invalidate";
  private static final byte[] MESSAGE = "message".getBytes(US_ASCII);

  private final PooledObjectFactory<Connection> factory;
  private final PooledObject<Connection> pooled;
  private final Connection connection;

  private InvalidationConnection(
      PooledObjectFactory<Connection> factory, PooledObject<Connection> pooled) {
    this.factory = factory;
    this.pooled = pooled;
    this.connection = pooled.getObject();
  }

  /**
   * Connects, and returns when the server reports changes.
   *
   * @param prefix what the names begin with
   * @param silence after how long without a byte from the server reading fails
   */
  static InvalidationConnection open(Pool<Connection> pool, String prefix, Duration silence) {
    if (pool.isClosed()) {
      throw new JedisConnectionException("the client was closed"); // Its factory goes on working.
    }
    PooledObjectFactory<Connection> factory = pool.getFactory();
    InvalidationConnection opened = new InvalidationConnection(factory, make(factory));
    boolean subscribed = false;
    try {
      opened.subscribe(prefix, silence);
      subscribed = true;
      return opened;
    } finally {
      if (!subscribed) {
        opened.close();
      }
    }
  }

  private static PooledObject<Connection> make(PooledObjectFactory<Connection> factory) {
    try {
      return factory.makeObject();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new JedisException("could not make a connection", e);
    }
  }

  /**
   * Makes the server send the invalidations as messages of a channel, to this very connection. In
   * RESP2 one connection is then enough, and a plain connection of any version of Jedis can read
   * them. Most versions drop the pushes of RESP3.
   */
  private void subscribe(String prefix, Duration silence) {
    connection.setSoTimeout((int) Math.max(1, silence.toMillis()));
    connection.executeCommand(new CommandArguments(Command.HELLO).add("2"));
    // A borrowed client with a cache tracks already, and in another way.
    connection.executeCommand(tracking("OFF"));
    Object id = connection.executeCommand(new CommandArguments(Command.CLIENT).add("ID"));
    connection.executeCommand(
        tracking("ON").add("REDIRECT").add(id).add("BCAST").add("PREFIX").add(prefix));
    connection.executeCommand(new CommandArguments(Command.SUBSCRIBE).add(CHANNEL));
  }

  private static CommandArguments tracking(String state) {
    return new CommandArguments(Command.CLIENT).add("TRACKING").add(state);
  }

  /** Sends a PING, which the server answers. Another thread may read at the same time. */
  void ping() {
    connection.sendCommand(Command.PING);
    JedisAccess.flush(connection);
  }

  /**
   * Waits for the next message.
   *
   * @return the names that changed; none for the reply to a PING; null if all may have changed
   */
  @Nullable List<byte[]> read() {
    if (!(connection.getUnflushedObject() instanceof List<?> parts) || parts.isEmpty()) {
      throw new JedisConnectionException("the server sent something else than a message");
    }
    if (!(parts.get(0) instanceof byte[] kind) || !Arrays.equals(kind, MESSAGE)) {
      return List.of();
    }
    // FLUSHALL and the like are reported without names.
    return parts.get(2) instanceof List<?> names
        ? names.stream().map(byte[].class::cast).toList()
        : null;
  }

  /** Ends it, also while another thread reads. */
  void close() {
    JedisAccess.cut(connection);
    try {
      factory.destroyObject(pooled);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new JedisException("could not close a connection", e);
    }
  }
}
