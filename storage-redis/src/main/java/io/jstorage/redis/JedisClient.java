package io.jstorage.redis;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisCluster;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** The connections that a store uses: its own, or those of a borrowed client. */
final class JedisClient {
  /** The number of redirections that the users' client follows; Jedis' own default. */
  private static final int ATTEMPTS = 5;

  private final ConnectionProvider provider;
  private final Duration timeout;
  private final @Nullable Connector connector;
  private @Nullable UnifiedJedis client;

  private JedisClient(
      ConnectionProvider provider,
      Duration timeout,
      @Nullable Connector connector,
      @Nullable UnifiedJedis borrowed) {
    this.provider = provider;
    this.timeout = timeout;
    this.connector = connector;
    this.client = borrowed;
  }

  /** Takes the client of the settings, or connects. Throws Jedis' own exceptions. */
  static JedisClient of(RedisSettings settings, Passwords passwords) {
    Duration timeout = settings.get(RedisOptions.TIMEOUT);
    Optional<UnifiedJedis> given = settings.find(RedisOptions.CLIENT);
    if (given.isPresent()) {
      return new JedisClient(Connector.connectionsOf(given.get()), timeout, null, given.get());
    }
    Connector connector = new Connector(settings, passwords);
    return new JedisClient(connector.connect(), timeout, connector, null);
  }

  Nodes nodes() {
    return Connector.nodesOf(provider, timeout);
  }

  /** Whether another server may take the place of a master. */
  boolean failsOver() {
    return !(provider instanceof PooledConnectionProvider);
  }

  <T> Optional<T> unwrap(Class<T> type) {
    if (type.isAssignableFrom(UnifiedJedis.class)) {
      return Optional.of(type.cast(client()));
    }
    return connector == null && type.isInstance(client)
        ? Optional.of(type.cast(client))
        : Optional.empty();
  }

  /** On our own connections a client is made only if a user asks for it. */
  @SuppressWarnings("deprecation") // The classes in its place have other names in each version.
  private synchronized UnifiedJedis client() {
    UnifiedJedis made = client;
    if (made == null) {
      made =
          provider instanceof ClusterConnectionProvider cluster
              ? new JedisCluster(cluster, ATTEMPTS, timeout)
              : new UnifiedJedis(provider, 1, timeout);
      client = made;
    }
    return made;
  }

  /**
   * Prevents new connections, and returns whether existing ones may be cut. Those of a borrowed
   * client may not: Jedis would reconnect them.
   */
  boolean refuseConnections() {
    if (connector != null) {
      connector.close();
    }
    return connector != null;
  }

  /** Closes the connections, unless they are borrowed. */
  void close() {
    if (connector == null) {
      return;
    }
    try {
      provider.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new JedisException("could not close the connections", e);
    }
  }
}
