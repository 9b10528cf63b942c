package io.jstorage.redis;

import io.jstorage.InvalidOptionException;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.Delay;

/** Makes Jedis connect as the settings say. */
final class Connector {
  /** How long until a Sentinel that has gone is asked again. */
  private static final Delay SENTINEL_DELAY = Delay.constant(Duration.ofSeconds(1));

  private final RedisSettings settings;
  private final @Nullable SSLContext ssl;
  private final int timeoutMillis;

  Connector(RedisSettings settings) {
    this.settings = settings;
    this.ssl =
        settings
            .find(RedisOptions.SSL)
            .or(() -> settings.find(RedisOptions.CA).map(Tls::trusting))
            .orElse(null);
    this.timeoutMillis = (int) Math.max(1, settings.get(RedisOptions.TIMEOUT).toMillis());
  }

  /** Makes a client; for Sentinels and a Cluster that takes a connection already. */
  UnifiedJedis connect() {
    JedisClientConfig config = serverConfig();
    if (settings.isCluster()) {
      return RedisClusterClient.builder()
          .nodes(settings.addresses())
          .clientConfig(config)
          .poolConfig(poolConfig())
          .build();
    }
    if (settings.isSentinels()) {
      return RedisSentinelClient.builder()
          .masterName(settings.get(RedisOptions.MASTER))
          .sentinels(settings.addresses())
          .sentinelClientConfig(common().serverDefaultProtocol().build())
          .sentinelReconnectDelay(SENTINEL_DELAY)
          .clientConfig(config)
          .poolConfig(poolConfig())
          .build();
    }
    return RedisClient.builder()
        .hostAndPort(settings.addresses().iterator().next())
        .clientConfig(config)
        .poolConfig(poolConfig())
        .build();
  }

  /** The servers behind a client. */
  static Nodes nodesOf(UnifiedJedis client, Duration timeout) {
    if (client instanceof RedisClient single) {
      return SingleNode.of(single);
    }
    if (client instanceof RedisSentinelClient sentinels) {
      return SingleNode.of(sentinels);
    }
    if (client instanceof RedisClusterClient cluster) {
      return new ClusterNodes(cluster, timeout);
    }
    throw new InvalidOptionException(
        "option 'client' cannot be an object of type %s: it must be a RedisClient, a RedisSentinelClient or a RedisClusterClient"
            .formatted(client.getClass().getName()));
  }

  private JedisClientConfig serverConfig() {
    DefaultJedisClientConfig.Builder config =
        common()
            .resp2()
            .database(settings.get(RedisOptions.DATABASE))
            .hostAndPortMapper(
                node -> {
                  HostAndPort reachable = reachable(node);
                  settings.checkPlaintext(reachable.getHost());
                  return reachable;
                });
    settings.find(RedisOptions.USERNAME).ifPresent(config::user);
    settings.find(RedisOptions.PASSWORD).ifPresent(config::password);
    return config.build();
  }

  /** A node of a Cluster that is alone may not know its host, and names an empty one. */
  private HostAndPort reachable(HostAndPort node) {
    Set<HostAndPort> named = settings.addresses();
    return node.getHost().isEmpty() && named.size() == 1
        ? new HostAndPort(named.iterator().next().getHost(), node.getPort())
        : node;
  }

  /** What holds for Sentinels too. */
  @SuppressWarnings("deprecation") // What is to take its place takes no SSLContext.
  private DefaultJedisClientConfig.Builder common() {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .connectionTimeoutMillis(timeoutMillis)
            .socketTimeoutMillis(timeoutMillis)
            .ssl(settings.isTls());
    return ssl == null ? config : config.sslSocketFactory(ssl.getSocketFactory());
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
