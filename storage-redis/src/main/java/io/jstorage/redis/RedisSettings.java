package io.jstorage.redis;

import io.jstorage.InvalidOptionException;
import io.jstorage.Option;
import io.jstorage.StorageOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.HostAndPort;

/** The options of a store, checked as a whole. */
final class RedisSettings {
  private static final List<Option<?>> OF_CONNECTIONS =
      List.of(
          RedisOptions.HOST,
          RedisOptions.PORT,
          RedisOptions.USERNAME,
          RedisOptions.PASSWORD,
          RedisOptions.CREDENTIALS,
          RedisOptions.DATABASE,
          RedisOptions.TLS,
          RedisOptions.CA,
          RedisOptions.SSL,
          RedisOptions.PLAINTEXT,
          RedisOptions.POOL,
          RedisOptions.SENTINELS,
          RedisOptions.SENTINEL_USERNAME,
          RedisOptions.SENTINEL_PASSWORD,
          RedisOptions.MASTER,
          RedisOptions.CLUSTER);

  private final StorageOptions options;

  RedisSettings(StorageOptions options) {
    this.options = options;
    if (options.has(RedisOptions.CLIENT)) {
      OF_CONNECTIONS.forEach(each -> refuseBoth(RedisOptions.CLIENT, each));
      return;
    }
    for (Option<?> place : List.of(RedisOptions.SENTINELS, RedisOptions.CLUSTER)) {
      refuseBoth(place, RedisOptions.HOST);
      refuseBoth(place, RedisOptions.PORT);
    }
    refuseBoth(RedisOptions.SENTINELS, RedisOptions.CLUSTER);
    refuseBoth(RedisOptions.CA, RedisOptions.SSL);
    needs(RedisOptions.SENTINELS, RedisOptions.MASTER);
    needs(RedisOptions.MASTER, RedisOptions.SENTINELS);
    needs(RedisOptions.USERNAME, RedisOptions.PASSWORD);
    needs(RedisOptions.SENTINEL_USERNAME, RedisOptions.SENTINEL_PASSWORD);
    needs(RedisOptions.SENTINEL_PASSWORD, RedisOptions.SENTINELS);
    refuseBoth(RedisOptions.CREDENTIALS, RedisOptions.PASSWORD);
    if (options.has(RedisOptions.CLUSTER) && options.get(RedisOptions.DATABASE) != 0) {
      throw new InvalidOptionException("a Redis Cluster has no database but 0");
    }
    if (!options.find(RedisOptions.TLS).orElse(true)
        && (options.has(RedisOptions.CA) || options.has(RedisOptions.SSL))) {
      throw new InvalidOptionException("option 'tls' cannot be false together with 'ca' or 'ssl'");
    }
    addresses().forEach(address -> checkPlaintext(address.getHost()));
  }

  private void refuseBoth(Option<?> one, Option<?> other) {
    if (options.has(one) && options.has(other)) {
      throw new InvalidOptionException(
          "option '%s' does not go together with '%s'".formatted(one, other));
    }
  }

  private void needs(Option<?> one, Option<?> other) {
    if (options.has(one) && !options.has(other)) {
      throw new InvalidOptionException("option '%s' needs '%s' too".formatted(one, other));
    }
  }

  /** Also checks the hosts that Sentinels and nodes of a Cluster name later. */
  void checkPlaintext(String host) {
    boolean password =
        options.has(RedisOptions.PASSWORD)
            || options.has(RedisOptions.CREDENTIALS)
            || options.has(RedisOptions.SENTINEL_PASSWORD);
    if (password
        && !isTls()
        && !options.get(RedisOptions.PLAINTEXT)
        && !RedisAddress.isLoopback(host)) {
      throw new InvalidOptionException(
          "the password would be sent to %s unencrypted: connect by TLS (rediss:, or option 'tls'), or allow it by the option 'plaintext'"
              .formatted(host));
    }
  }

  <T> T get(Option<T> option) {
    return options.get(option);
  }

  <T> Optional<T> find(Option<T> option) {
    return options.find(option);
  }

  /** The passwords among the options. */
  Passwords passwords() {
    return new Passwords(
        Stream.of(RedisOptions.PASSWORD, RedisOptions.SENTINEL_PASSWORD)
            .flatMap(option -> find(option).stream())
            .toList());
  }

  boolean isTls() {
    return options.find(RedisOptions.TLS).orElse(false)
        || options.has(RedisOptions.CA)
        || options.has(RedisOptions.SSL);
  }

  boolean isCluster() {
    return options.has(RedisOptions.CLUSTER);
  }

  boolean isSentinels() {
    return options.has(RedisOptions.SENTINELS);
  }

  /** The server, the Sentinels, or some nodes of the Cluster. */
  Set<HostAndPort> addresses() {
    if (isCluster()) {
      return parse(get(RedisOptions.CLUSTER), RedisOptions.PORT.defaultValue().orElseThrow());
    }
    return isSentinels()
        ? parse(get(RedisOptions.SENTINELS), 26_379)
        : Set.of(new HostAndPort(get(RedisOptions.HOST), get(RedisOptions.PORT)));
  }

  private static Set<HostAndPort> parse(List<String> addresses, int defaultPort) {
    return addresses.stream()
        .map(address -> RedisAddress.parse(address, defaultPort))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The place for messages, without secrets. */
  String place() {
    String namespace = new RedisKeys(get(RedisOptions.NAMESPACE)).prefix();
    String servers =
        options.has(RedisOptions.CLIENT)
            ? "a client given"
            : addresses().stream()
                .map(HostAndPort::toString)
                .sorted()
                .collect(Collectors.joining(","));
    if (isSentinels()) {
      servers = "%s of %s".formatted(get(RedisOptions.MASTER), servers);
    }
    int database = get(RedisOptions.DATABASE);
    return "redis %s%s %s*".formatted(servers, database == 0 ? "" : "/" + database, namespace);
  }
}
