package io.jstorage.redis;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.HostAndPortMapper;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.RedisProtocol;

/**
 * The connection settings for Jedis. Jedis' own configuration is built in different ways by its
 * supported versions; this interface is the same in all of them.
 *
 * @param timeoutMillis how long to wait for a connection and for a reply
 * @param credentials the user and password; null to connect without
 * @param database the number of the database
 * @param tls whether to connect by TLS
 * @param ssl the certificates to trust and to show; null for those of Java
 * @param mapper translates the addresses that a Cluster or a Sentinel names; null for none
 */
record ClientConfig(
    int timeoutMillis,
    @Nullable Supplier<RedisCredentials> credentials,
    int database,
    boolean tls,
    @Nullable SSLContext ssl,
    @Nullable HostAndPortMapper mapper)
    implements JedisClientConfig {

  /** Sends no HELLO: every server then speaks RESP2, even one that does not know HELLO. */
  @Override
  public @Nullable RedisProtocol getRedisProtocol() {
    return null;
  }

  /** Jedis 8 would otherwise try HELLO 3 first. */
  @Override
  public boolean isAutoNegotiateProtocol() {
    return false;
  }

  @Override
  public int getConnectionTimeoutMillis() {
    return timeoutMillis;
  }

  @Override
  public int getSocketTimeoutMillis() {
    return timeoutMillis;
  }

  @Override
  public @Nullable Supplier<RedisCredentials> getCredentialsProvider() {
    return credentials;
  }

  @Override
  public int getDatabase() {
    return database;
  }

  @Override
  public boolean isSsl() {
    return tls;
  }

  @Override
  @SuppressWarnings("deprecation") // Its replacement takes no SSLContext.
  public @Nullable SSLSocketFactory getSslSocketFactory() {
    return ssl == null ? null : ssl.getSocketFactory();
  }

  /** Has the host name checked against the certificate, which Jedis 6 and 7 do not by default. */
  @Override
  @SuppressWarnings("deprecation") // As above.
  public @Nullable SSLParameters getSslParameters() {
    if (!tls) {
      return null;
    }
    SSLParameters parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  @Override
  public @Nullable HostAndPortMapper getHostAndPortMapper() {
    return mapper;
  }

  @Override
  public ClientSetInfoConfig getClientSetInfoConfig() {
    return ClientSetInfoConfig.DISABLED;
  }
}
