package io.jstorage.redis;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;
import redis.clients.jedis.util.Pool;

/**
 * Accesses parts of Jedis that are not public in some of the supported versions. Clients have other
 * classes in each major version (JedisPooled in 6, RedisClient in 8), but all of them have one of
 * the same connection providers underneath.
 */
final class JedisAccess {
  // Jedis is an automatic module, whose packages are all open.
  private static final VarHandle PROVIDER =
      field(UnifiedJedis.class, "provider", ConnectionProvider.class);
  private static final VarHandle POOL =
      field(SentineledConnectionProvider.class, "pool", ConnectionPool.class);

  private static final MethodHandle FLUSH = flush();

  /** Closes the socket and nothing else; since Jedis 7. */
  private static final @Nullable MethodHandle FORCE_DISCONNECT = forceDisconnect();

  private JedisAccess() {}

  private static VarHandle field(Class<?> owner, String name, Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
          .findVarHandle(owner, name, type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this version of Jedis is not supported: its %s has no %s of type %s"
              .formatted(owner.getName(), name, type.getName()),
          e);
    }
  }

  private static MethodHandle flush() {
    try {
      return MethodHandles.privateLookupIn(Connection.class, MethodHandles.lookup())
          .findVirtual(Connection.class, "flush", MethodType.methodType(void.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this version of Jedis is not supported: its connections have no method flush()", e);
    }
  }

  private static @Nullable MethodHandle forceDisconnect() {
    Lookup lookup = MethodHandles.publicLookup();
    try {
      return lookup.findVirtual(
          Connection.class, "forceDisconnect", MethodType.methodType(void.class));
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** The provider of a client's connections; null if it has none. */
  static @Nullable ConnectionProvider providerOf(UnifiedJedis client) {
    return (ConnectionProvider) PROVIDER.get(client);
  }

  /** The connections to the present master. */
  static Pool<Connection> poolOf(SentineledConnectionProvider provider) {
    return (ConnectionPool) POOL.getVolatile(provider);
  }

  /** Sends the commands of a connection, without reading a reply. */
  static void flush(Connection connection) {
    try {
      FLUSH.invokeExact(connection);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(
          "Jedis threw a checked exception that it does not declare", e);
    }
  }

  /** Ends whatever another thread does with a connection. */
  static void cut(Connection connection) {
    try {
      if (FORCE_DISCONNECT != null) {
        FORCE_DISCONNECT.invoke(connection);
      } else {
        connection.disconnect();
      }
    } catch (IOException | JedisException e) {
      // The connection was closed by its user or its server in the meantime.
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(
          "Jedis threw a checked exception that it does not declare", e);
    }
  }
}
