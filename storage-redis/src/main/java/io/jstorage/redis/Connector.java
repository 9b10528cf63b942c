package io.jstorage.redis;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/** Makes Jedis connect as the settings say. */
final class Connector {
  /** How long until a Sentinel that has gone is asked again. */
  private static final long SENTINEL_PAUSE_MILLIS = 1_000;

  private final RedisSettings settings;
  private final Passwords passwords;
  private final @Nullable SSLContext ssl;
  private final int timeoutMillis;
  private volatile boolean closed;

  Connector(RedisSettings settings, Passwords passwords) {
    this.settings = settings;
    this.passwords = passwords;
    this.ssl =
        settings
            .find(RedisOptions.SSL)
            .or(() -> settings.find(RedisOptions.CA).map(Tls::trusting))
            .orElse(null);
    this.timeoutMillis = (int) Math.max(1, settings.get(RedisOptions.TIMEOUT).toMillis());
  }

  /** Makes connections; for Sentinels and a Cluster that takes a connection already. */
  @SuppressWarnings("deprecation") // The constructor's replacement came with Jedis 7.
  ConnectionProvider connect() {
    Set<HostAndPort> addresses = settings.addresses();
    if (settings.isCluster()) {
      try {
        return new ClusterConnectionProvider(addresses, serverConfig(), poolConfig());
      } catch (NullPointerException e) {
        // Jedis does not expect nodes without a host.
        throw new StorageException(
            "cannot open %s: %s".formatted(settings.place(), SlotMap.UNKNOWN_ENDPOINTS), e);
      }
    }
    if (settings.isSentinels()) {
      return new SentineledConnectionProvider(
          settings.get(RedisOptions.MASTER),
          serverConfig(),
          poolConfig(),
          addresses,
          sentinelConfig(),
          SENTINEL_PAUSE_MILLIS);
    }
    return new PooledConnectionProvider(addresses.iterator().next(), serverConfig(), poolConfig());
  }

  /**
   * Prevents new connections. Jedis would reconnect a cut connection when a command is sent on it:
   * in database 0, and without a password.
   */
  void close() {
    closed = true;
  }

  /** The connections of a client that is borrowed. */
  static ConnectionProvider connectionsOf(UnifiedJedis client) {
    ConnectionProvider provider = JedisAccess.providerOf(client);
    if (provider == null) {
      throw unusable(client, "it has no pool of connections");
    }
    return provider;
  }

  /** The servers that connections lead to. */
  static Nodes nodesOf(ConnectionProvider provider, Duration timeout) {
    if (provider instanceof PooledConnectionProvider single) {
      return SingleNode.of(single);
    }
    if (provider instanceof SentineledConnectionProvider sentinels) {
      return SingleNode.of(sentinels);
    }
    if (provider instanceof ClusterConnectionProvider cluster) {
      return new ClusterNodes(cluster, timeout);
    }
    throw unusable(provider, "its connections are not those of one server, Sentinels or a Cluster");
  }

  private static InvalidOptionException unusable(Object client, String reason) {
    return new InvalidOptionException(
        "option 'client' cannot be used (%s): %s; give a client of Jedis for one server, for Sentinels or for a Cluster"
            .formatted(client.getClass().getName(), reason));
  }

  private ClientConfig serverConfig() {
    Supplier<RedisCredentials> credentials =
        settings
            .find(RedisOptions.CREDENTIALS)
            .<Supplier<RedisCredentials>>map(passwords::noting)
            .orElseGet(() -> login(RedisOptions.USERNAME, RedisOptions.PASSWORD));
    return new ClientConfig(
        timeoutMillis,
        credentials,
        settings.get(RedisOptions.DATABASE),
        settings.isTls(),
        ssl,
        node -> {
          if (closed) {
            throw new JedisConnectionException("the storage was closed");
          }
          HostAndPort reachable = reachable(node);
          settings.checkPlaintext(reachable.getHost());
          return reachable;
        });
  }

  private ClientConfig sentinelConfig() {
    Supplier<RedisCredentials> credentials =
        login(RedisOptions.SENTINEL_USERNAME, RedisOptions.SENTINEL_PASSWORD);
    return new ClientConfig(timeoutMillis, credentials, 0, settings.isTls(), ssl, null);
  }

  private Supplier<RedisCredentials> login(Option<String> username, Option<String> password) {
    RedisCredentials credentials =
        new DefaultRedisCredentials(
            settings.find(username).orElse(null), settings.find(password).orElse(null));
    return () -> credentials;
  }

  /** A node of a Cluster that is alone may not know its host, and names an empty one. */
  private HostAndPort reachable(HostAndPort node) {
    Set<HostAndPort> named = settings.addresses();
    return node.getHost().isEmpty() && named.size() == 1
        ? new HostAndPort(named.iterator().next().getHost(), node.getPort())
        : node;
  }

  /** The pool neither tests nor drops connections; that happens where they are borrowed. */
  private GenericObjectPoolConfig<Connection> poolConfig() {
    GenericObjectPoolConfig<Connection> config = new GenericObjectPoolConfig<>();
    int size = settings.get(RedisOptions.POOL);
    config.setMaxTotal(size);
    config.setMaxIdle(size);
    config.setMaxWait(Duration.ofMillis(timeoutMillis));
    config.setJmxEnabled(false);
    return config;
  }
}
