package io.jstorage.redis;

import io.jstorage.Option;
import io.jstorage.spi.StandardOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import redis.clients.jedis.RedisCredentialsProvider;
import redis.clients.jedis.UnifiedJedis;

/** The options of a {@link RedisStore}, beside {@link StandardOptions#EXPIRATION}. */
public final class RedisOptions {
  /** {@code host}: the server's name or address; {@code localhost} by default. */
  public static final Option<String> HOST =
      Option.text("host")
          .describedAs("The server's name or address.")
          .where(RedisAddress::isHost, "a host name or an address without port")
          .withDefault("localhost");

  /** {@code port}: the server's port; 6379 by default. */
  public static final Option<Integer> PORT =
      Option.integer("port")
          .describedAs("The server's port.")
          .where(port -> port >= 1 && port <= 65_535, "from 1 to 65535")
          .withDefault(6379);

  /** {@code username}: the user to log in as, together with {@code password}. */
  public static final Option<String> USERNAME =
      Option.text("username").describedAs("The user; by default the server's default user.");

  /** {@code password}: the user's password. */
  public static final Option<String> PASSWORD =
      Option.text("password").describedAs("The user's password.").secret();

  /** {@code credentials}: provides user and password for each new connection; may rotate them. */
  public static final Option<RedisCredentialsProvider> CREDENTIALS =
      Option.object("credentials", RedisCredentialsProvider.class)
          .describedAs(
              "Provides user and password for each new connection, instead of 'username' and"
                  + " 'password'.");

  /** {@code database}: the number of the database; 0 by default, and always in a Cluster. */
  public static final Option<Integer> DATABASE =
      Option.integer("database")
          .describedAs("The number of the database.")
          .where(number -> number >= 0, "0 or more")
          .withDefault(0);

  /** {@code tls}: whether to connect by TLS; {@code rediss} in a URL sets it. */
  public static final Option<Boolean> TLS =
      Option.flag("tls")
          .describedAs("Whether to connect by TLS; the certificate must name the host.");

  /** {@code ca}: a PEM file with the only authorities to trust; turns TLS on. */
  public static final Option<Path> CA =
      Option.path("ca")
          .describedAs(
              "A PEM file with the certificates of the only authorities to trust; turns TLS on.");

  /** {@code ssl}: an SSL context, for all other settings of TLS; turns TLS on. */
  public static final Option<SSLContext> SSL =
      Option.object("ssl", SSLContext.class)
          .describedAs("The authorities to trust and the client's own certificate; turns TLS on.");

  /** {@code plaintext}: allows a password to be sent unencrypted to another machine. */
  public static final Option<Boolean> PLAINTEXT =
      Option.flag("plaintext")
          .describedAs("Whether a password may be sent to another machine without TLS.")
          .withDefault(false);

  /** {@code namespace}: the beginning of this store's keys; {@code jstorage} by default. */
  public static final Option<String> NAMESPACE =
      Option.text("namespace")
          .describedAs("The beginning of this store's keys: it is followed by a colon.")
          .where(RedisKeys::isNamespace, "not empty and without unpaired surrogates")
          .withDefault("jstorage");

  /** {@code timeout}: how long an operation may take; 2 s by default. */
  public static final Option<Duration> TIMEOUT =
      Option.duration("timeout")
          .describedAs("How long to wait for a connection, for a reply, and in all for retries.")
          .where(timeout -> timeout.compareTo(Duration.ofDays(1)) <= 0, "at most a day")
          .withDefault(Duration.ofSeconds(2));

  /** {@code pool}: how many connections there may be to a server; 16 by default. */
  public static final Option<Integer> POOL =
      Option.integer("pool")
          .describedAs("How many connections there may be to a server.")
          .where(size -> size >= 1, "1 or more")
          .withDefault(16);

  /** {@code sentinels}: the addresses of the Sentinels that know the server. */
  public static final Option<List<String>> SENTINELS =
      Option.texts("sentinels")
          .describedAs("The Sentinels, as host:port, instead of a host; with 'master'.")
          .where(RedisAddress::areAddresses, "each host or host:port, at least one");

  /** {@code sentinelUsername}: the user to log in as at the Sentinels. */
  public static final Option<String> SENTINEL_USERNAME =
      Option.text("sentinelUsername")
          .describedAs("The user at the Sentinels; by default their default user.");

  /** {@code sentinelPassword}: the password of the Sentinels, which have one of their own. */
  public static final Option<String> SENTINEL_PASSWORD =
      Option.text("sentinelPassword").describedAs("The password of the Sentinels.").secret();

  /** {@code master}: the name under which the Sentinels know the server. */
  public static final Option<String> MASTER =
      Option.text("master")
          .describedAs("The name under which the Sentinels know the server.")
          .where(name -> !name.isBlank(), "not blank");

  /** {@code cluster}: the addresses of some nodes of a Redis Cluster. */
  public static final Option<List<String>> CLUSTER =
      Option.texts("cluster")
          .describedAs("Some nodes of a Redis Cluster, as host:port, instead of a host.")
          .where(RedisAddress::areAddresses, "each host or host:port, at least one");

  /** {@code client}: a client of one's own; borrowed, and never closed. */
  public static final Option<UnifiedJedis> CLIENT =
      Option.object("client", UnifiedJedis.class)
          .describedAs("A client to borrow, instead of all other settings of the connection.");

  private RedisOptions() {}

  /**
   * Returns all of them and {@link StandardOptions#EXPIRATION}.
   *
   * @return an unmodifiable set
   */
  public static Set<Option<?>> all() {
    return Set.of(
        HOST,
        PORT,
        USERNAME,
        PASSWORD,
        CREDENTIALS,
        DATABASE,
        TLS,
        CA,
        SSL,
        PLAINTEXT,
        NAMESPACE,
        StandardOptions.EXPIRATION,
        TIMEOUT,
        POOL,
        SENTINELS,
        SENTINEL_USERNAME,
        SENTINEL_PASSWORD,
        MASTER,
        CLUSTER,
        CLIENT);
  }
}
