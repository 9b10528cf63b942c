package io.jstorage.redis;

import io.jstorage.spi.ByteStoreBuilder;
import io.jstorage.spi.StandardOptions;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import redis.clients.jedis.RedisCredentialsProvider;

/** Opens {@link RedisStore}s. Not thread-safe. */
public final class RedisStoreBuilder extends ByteStoreBuilder<RedisStore, RedisStoreBuilder> {
  RedisStoreBuilder() {
    JedisVersion.check();
  }

  /**
   * Sets the password of the server's default user.
   *
   * @param password the password
   * @return this builder
   */
  public RedisStoreBuilder password(String password) {
    return set(RedisOptions.PASSWORD, password);
  }

  /**
   * Sets the user to log in as.
   *
   * @param username the user
   * @param password the user's password
   * @return this builder
   */
  public RedisStoreBuilder user(String username, String password) {
    return set(RedisOptions.USERNAME, username).password(password);
  }

  /**
   * Sets a provider of user and password for each new connection, so that they may change. Existing
   * connections stay logged in.
   *
   * @param credentials provides the credentials; called by several threads
   * @return this builder
   */
  public RedisStoreBuilder credentials(RedisCredentialsProvider credentials) {
    return set(RedisOptions.CREDENTIALS, credentials);
  }

  /**
   * Sets the password of the Sentinels' default user.
   *
   * @param password the password
   * @return this builder
   */
  public RedisStoreBuilder sentinelPassword(String password) {
    return set(RedisOptions.SENTINEL_PASSWORD, password);
  }

  /**
   * Sets the user to log in as at the Sentinels.
   *
   * @param username the user
   * @param password the user's password
   * @return this builder
   */
  public RedisStoreBuilder sentinelUser(String username, String password) {
    return set(RedisOptions.SENTINEL_USERNAME, username).sentinelPassword(password);
  }

  /**
   * Sets the number of the database; 0 by default.
   *
   * @param database the number
   * @return this builder
   */
  public RedisStoreBuilder database(int database) {
    return set(RedisOptions.DATABASE, database);
  }

  /**
   * Connects by TLS and trusts the authorities that Java trusts. The certificate must name the
   * host.
   *
   * @return this builder
   */
  public RedisStoreBuilder tls() {
    return set(RedisOptions.TLS, true);
  }

  /**
   * Connects by TLS, trusting only certain authorities.
   *
   * @param ca a PEM file with their certificates
   * @return this builder
   */
  public RedisStoreBuilder tls(Path ca) {
    return set(RedisOptions.CA, ca);
  }

  /**
   * Connects by TLS, with the certificates that a context trusts and shows.
   *
   * @param ssl the context
   * @return this builder
   */
  public RedisStoreBuilder tls(SSLContext ssl) {
    return set(RedisOptions.SSL, ssl);
  }

  /**
   * Allows the password to be sent to another machine without TLS, where others on the network can
   * read it.
   *
   * @return this builder
   */
  public RedisStoreBuilder plaintext() {
    return set(RedisOptions.PLAINTEXT, true);
  }

  /**
   * Sets the namespace, the beginning of this store's keys; {@code jstorage} by default.
   *
   * @param namespace any text but the empty one
   * @return this builder
   * @throws io.jstorage.InvalidOptionException if it is none
   */
  public RedisStoreBuilder namespace(String namespace) {
    return set(RedisOptions.NAMESPACE, namespace);
  }

  /**
   * Sets how long an entry lives unless it is written with a time to live of its own; by default
   * until it is removed.
   *
   * @param expiration how long, longer than zero
   * @return this builder
   * @throws io.jstorage.InvalidOptionException if it is not
   */
  public RedisStoreBuilder expiration(Duration expiration) {
    return set(StandardOptions.EXPIRATION, expiration);
  }

  /**
   * Sets how long to wait for a connection, for a reply, and in all for retries; 2 s by default.
   *
   * @param timeout how long, longer than zero and at most a day
   * @return this builder
   * @throws io.jstorage.InvalidOptionException if it is not
   */
  public RedisStoreBuilder timeout(Duration timeout) {
    return set(RedisOptions.TIMEOUT, timeout);
  }

  /**
   * Sets how many connections there may be to a server; 16 by default.
   *
   * @param size how many, 1 or more
   * @return this builder
   * @throws io.jstorage.InvalidOptionException if it is less
   */
  public RedisStoreBuilder pool(int size) {
    return set(RedisOptions.POOL, size);
  }

  /**
   * Opens the store and tries once whether the server replies.
   *
   * @throws io.jstorage.InvalidOptionException if the settings do not go together
   * @throws io.jstorage.StorageUnavailableException if no Redis can be reached; that is tried once
   * @throws io.jstorage.StorageAccessDeniedException if the server refuses the password or the user
   * @throws io.jstorage.StorageException if the server is too old
   */
  @Override
  public RedisStore open() {
    return RedisStore.open(options());
  }
}
