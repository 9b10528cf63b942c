package io.jstorage.redis;

import io.jstorage.Entry;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.codec.Codecs;
import io.jstorage.jvm.Polling;
import io.jstorage.redis.server.RedisSentinels;
import io.jstorage.spi.ChangeFeed;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.UnifiedJedis;

/**
 * Uses every kind of server with the Jedis that is on the class path, and prints a line for each
 * that works. Arguments: a port, a port with TLS, its authority, Sentinels, nodes of a Cluster.
 */
@SuppressWarnings("SystemOut") // That is how it reports.
final class JedisProgram {
  private static final String HOST = "127.0.0.1";

  private JedisProgram() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("Jedis " + version());
    int port = Integer.parseInt(arguments[0]);
    use(RedisStore.at(HOST, port));
    System.out.println("one server works");

    int secure = Integer.parseInt(arguments[1]);
    Path authority = Path.of(arguments[2]);
    use(RedisStore.at("localhost", secure).tls(authority));
    System.out.println("TLS works");
    try {
      RedisStore.at(HOST, secure).tls(authority).open().close();
    } catch (StorageException e) {
      System.out.println("TLS to a host that the certificate does not name is refused");
    }

    List<String> sentinels = List.of(arguments[3].split(",", -1));
    use(RedisStore.viaSentinels(RedisSentinels.MASTER, sentinels));
    System.out.println("Sentinels work");

    List<String> nodes = List.of(arguments[4].split(",", -1));
    use(RedisStore.inCluster(nodes));
    System.out.println("a Cluster works");

    JedisClientConfig config = DefaultJedisClientConfig.builder().timeoutMillis(30_000).build();
    try (UnifiedJedis client = single(new HostAndPort(HOST, port), config)) {
      borrow(client);
    }
    System.out.println("a borrowed client of one server works");
    try (UnifiedJedis client = viaSentinels(addresses(sentinels), config)) {
      borrow(client);
    }
    System.out.println("a borrowed client of Sentinels works");
    try (UnifiedJedis client = inCluster(addresses(nodes), config)) {
      borrow(client);
    }
    System.out.println("a borrowed client of a Cluster works");
  }

  private static String version() throws IOException {
    try (InputStream in =
        UnifiedJedis.class.getResourceAsStream(
            "/META-INF/maven/redis.clients/jedis/pom.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    }
  }

  /** A client of the class that this version recommends. */
  private static UnifiedJedis single(HostAndPort address, JedisClientConfig config)
      throws ReflectiveOperationException {
    Optional<Class<?>> current = find("RedisClient");
    if (current.isEmpty()) {
      return construct(
          "JedisPooled",
          new Class<?>[] {HostAndPort.class, JedisClientConfig.class},
          address,
          config);
    }
    Object builder = current.get().getMethod("builder").invoke(null);
    call(builder, "hostAndPort", HostAndPort.class, address);
    return build(builder, config);
  }

  private static UnifiedJedis viaSentinels(Set<HostAndPort> sentinels, JedisClientConfig config)
      throws ReflectiveOperationException {
    Optional<Class<?>> current = find("RedisSentinelClient");
    if (current.isEmpty()) {
      return construct(
          "JedisSentineled",
          new Class<?>[] {
            String.class, JedisClientConfig.class, Set.class, JedisClientConfig.class
          },
          RedisSentinels.MASTER,
          config,
          sentinels,
          config);
    }
    Object builder = current.get().getMethod("builder").invoke(null);
    call(builder, "masterName", String.class, RedisSentinels.MASTER);
    call(builder, "sentinels", Set.class, sentinels);
    call(builder, "sentinelClientConfig", JedisClientConfig.class, config);
    return build(builder, config);
  }

  private static UnifiedJedis build(Object builder, JedisClientConfig config)
      throws ReflectiveOperationException {
    call(builder, "clientConfig", JedisClientConfig.class, config);
    return (UnifiedJedis) builder.getClass().getMethod("build").invoke(builder);
  }

  private static void call(Object builder, String method, Class<?> type, Object argument)
      throws ReflectiveOperationException {
    builder.getClass().getMethod(method, type).invoke(builder, argument);
  }

  private static UnifiedJedis inCluster(Set<HostAndPort> nodes, JedisClientConfig config)
      throws ReflectiveOperationException {
    Optional<Class<?>> current = find("RedisClusterClient");
    if (current.isEmpty()) {
      return construct(
          "JedisCluster", new Class<?>[] {Set.class, JedisClientConfig.class}, nodes, config);
    }
    Object builder = current.get().getMethod("builder").invoke(null);
    call(builder, "nodes", Set.class, nodes);
    return build(builder, config);
  }

  private static Optional<Class<?>> find(String name) {
    try {
      return Optional.of(Class.forName("redis.clients.jedis." + name));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private static UnifiedJedis construct(String name, Class<?>[] types, Object... arguments)
      throws ReflectiveOperationException {
    Constructor<?> constructor = find(name).orElseThrow().getConstructor(types);
    return (UnifiedJedis) constructor.newInstance(arguments);
  }

  private static Set<HostAndPort> addresses(List<String> texts) {
    return texts.stream()
        .map(text -> RedisAddress.parse(text, 0))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void borrow(UnifiedJedis client) {
    use(RedisStore.over(client).namespace("borrowed"));
    check(client.ping() != null, "a borrowed client stays open");
  }

  /** Tries the most frequent operations of a storage. */
  private static void use(RedisStoreBuilder builder) {
    try (Storage<String> storage = builder.timeout(Duration.ofSeconds(30)).storage(Codecs.text())) {
      storage.put("k", "v");
      storage.put("k", "w", Duration.ofHours(1));
      Entry<String> entry = storage.entry("k").orElseThrow();
      check(entry.value().equals("w") && entry.expiresAt().isPresent(), "entry");
      check(!storage.putIfAbsent("k", "x"), "putIfAbsent");
      check(storage.replace("k", entry.version().orElseThrow(), "y"), "replace");
      check(!storage.remove("k", entry.version().orElseThrow()), "remove by an old version");
      check(storage.require("k").equals("y") && storage.contains("k"), "get");
      Map<String, String> many = new HashMap<>();
      for (int i = 0; i < 1_500; i++) {
        many.put("many" + i, "v" + i);
      }
      storage.putAll(many);
      check(storage.getAll(many.keySet()).equals(many), "getAll");
      try (Stream<String> keys = storage.keys("many")) {
        check(keys.collect(Collectors.toSet()).equals(many.keySet()), "keys");
      }
      storage.removeAll(many.keySet());
      check(storage.remove("k") && storage.size() == 0, "remove");
      UnifiedJedis client = storage.unwrap(UnifiedJedis.class).orElseThrow();
      check(Objects.equals(client.set("foreign", "v"), "OK"), "the client is usable");
      storage.clear();
      check(client.exists("foreign"), "clear leaves other keys alone");
      useChanges(storage);
    }
  }

  private static void useChanges(Storage<String> storage) {
    Changes changes = new Changes();
    ChangeFeed feed = storage.unwrap(ChangeFeed.class).orElseThrow();
    try (Closeable watching = feed.watch(changes)) {
      check(watching != null, "watching");
      storage.put("watched", "v");
      Polling.until("the change is reported", () -> changes.has("watched"));
      storage.remove("watched");
      check(changes.interruptions().isEmpty(), "changes are lost");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("wrong: " + what);
    }
  }
}
