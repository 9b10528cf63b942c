package io.jstorage.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Version;
import io.jstorage.spi.Access;
import io.jstorage.spi.ByteStore;
import io.jstorage.spi.Capabilities;
import io.jstorage.spi.ChangeFeed;
import io.jstorage.spi.ChangeListener;
import io.jstorage.spi.Condition;
import io.jstorage.spi.Keys;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.WriteOptions;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * A store of Redis strings: on one server, on the one that Sentinels name, or in a Cluster. The
 * string is the bytes and nothing else, under the name {@code namespace:key}, as {@code redis-cli}
 * shows it; in the namespace {@code %}, {@code :}, braces and control characters are
 * percent-encoded. Stores of different namespaces do not see each other, and no other key is ever
 * touched. Needs Redis 7.0 or later, or Valkey, and Jedis 6.0 or later.
 *
 * <p>{@code read}, {@code readEntry}, {@code write}, {@code delete} and {@code contains} take one
 * round trip to the server each. {@code write} and {@code delete} with the condition of a version
 * compare a digest of the value on the server, which takes about 6 ms per megabyte there. On a
 * single server {@code readAll} and {@code deleteAll} take one request for every 5 000 keys (a
 * second one if keys are missing), {@code writeAll} one round trip for every 1 000; in a Cluster
 * all take one round trip to each node for every 1 000. Listing, counting and clearing read the
 * names of all keys of the database, by SCAN, 1 000 at a time, in any namespace.
 *
 * <p>Operations on one key are linearizable while the same server has it. An acknowledged write may
 * be lost when another server takes over, as Redis replicates asynchronously.
 *
 * <p>Entries expire by the server's clock, to the millisecond, and Redis deletes them by itself:
 * they are neither listed nor counted. A version stands for the bytes and the deadline.
 *
 * <p>{@link #keys} omits a key that was among the last 10 000; {@link #count} counts again the
 * names that SCAN repeats while a table of the server shrinks. A key whose slot moves from one node
 * of a Cluster to another during a listing may be left out or come twice. A listing ends with a
 * failure if another process takes the place of a server.
 *
 * <p>A command that failed before it was sent, and every command that reads, is retried within the
 * time-out; a write whose connection broke before the reply has an unknown outcome. Interrupts end
 * no operation and stay set. Threads wait for a connection in the order in which they arrive, at
 * most for the time-out. A batch whose server does not reply ends after one time-out.
 *
 * <p>Thread-safe.
 */
public final class RedisStore implements ByteStore, ChangeFeed, Closeable {
  private static final Capabilities CAPABILITIES =
      Capabilities.of(Capability.ATOMIC, Capability.EXPIRY);

  /** The reply of PEXPIRETIME for a key that does not exist. */
  private static final long GONE = -2;

  /** So long that Redis can still add it to the time of day. */
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE / 2);

  private final JedisClient client;
  private final Nodes nodes;
  private final FailureClassifier classifier;
  private final RetryingExecutor executor;
  private final RedisKeys keys;
  private final MultiKeyCommands multiKey;
  private final Duration timeout;
  private final @Nullable Duration expiration;
  private final String place;
  private final Set<RedisChangeFeed> feeds = ConcurrentHashMap.newKeySet();

  private RedisStore(RedisSettings settings, JedisClient client, FailureClassifier classifier) {
    this.client = client;
    this.nodes = client.nodes();
    this.classifier = classifier;
    this.timeout = settings.get(RedisOptions.TIMEOUT);
    this.executor = new RetryingExecutor(new Connections(nodes, timeout), classifier);
    this.keys = new RedisKeys(settings.get(RedisOptions.NAMESPACE));
    this.multiKey = new MultiKeyCommands(executor, keys);
    this.expiration = settings.find(StandardOptions.EXPIRATION).orElse(null);
    this.place = settings.place();
  }

  /**
   * Begins to open a store on one server.
   *
   * @param host the server's name or address
   * @param port its port
   * @return a builder
   */
  public static RedisStoreBuilder at(String host, int port) {
    return new RedisStoreBuilder().set(RedisOptions.HOST, host).set(RedisOptions.PORT, port);
  }

  /**
   * Begins to open a store on the server that Sentinels name.
   *
   * @param master the name under which the Sentinels know the server
   * @param sentinels their addresses, {@code host:port} each
   * @return a builder
   */
  public static RedisStoreBuilder viaSentinels(String master, List<String> sentinels) {
    return new RedisStoreBuilder()
        .set(RedisOptions.MASTER, master)
        .set(RedisOptions.SENTINELS, sentinels);
  }

  /**
   * Begins to open a store in a Redis Cluster.
   *
   * @param nodes the addresses of some of its nodes, {@code host:port} each
   * @return a builder
   */
  public static RedisStoreBuilder inCluster(List<String> nodes) {
    return new RedisStoreBuilder().set(RedisOptions.CLUSTER, nodes);
  }

  /**
   * Returns a builder of a store on a client of the caller, which is borrowed: it stays open. The
   * store uses the connections of the client's pools, retries commands in its own way, and does not
   * read from a client-side cache.
   *
   * @param client a client for one server, for Sentinels or for a Cluster, of whichever class the
   *     version of Jedis has for it
   * @return a builder
   */
  public static RedisStoreBuilder over(UnifiedJedis client) {
    return new RedisStoreBuilder().set(RedisOptions.CLIENT, client);
  }

  /**
   * Opens a store by options.
   *
   * @param options those of {@link RedisOptions}; others are ignored
   * @return the store, to be closed by the caller or with the storage it becomes part of
   * @throws io.jstorage.InvalidOptionException if the options do not go together
   * @throws StorageUnavailableException if no Redis can be reached; that is tried once
   * @throws StorageAccessDeniedException if the server refuses the password or the user
   * @throws StorageException if the server is too old
   * @throws IllegalStateException if the library Jedis is too old
   */
  public static RedisStore open(StorageOptions options) {
    JedisVersion.check();
    RedisSettings settings = new RedisSettings(options);
    Passwords passwords = settings.passwords();
    JedisClient client = null;
    boolean opened = false;
    try {
      client = JedisClient.of(settings, passwords);
      FailureClassifier classifier = new FailureClassifier(passwords, client.failsOver());
      RedisStore store = new RedisStore(settings, client, classifier);
      store.checkServer();
      opened = true;
      return store;
    } catch (StorageException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new FailureClassifier(passwords, false)
          .classify(e, false, false)
          .toStorageException("open " + settings.place());
    } finally {
      if (!opened && client != null) {
        client.close();
      }
    }
  }

  /** Checks once whether the server replies, accepts this user, and is new enough. */
  private void checkServer() {
    try {
      // No key has an empty name.
      executor.tryOnce(Commands.pexpiretime(keys.nameOf("")));
    } catch (JedisDataException e) {
      String message = String.valueOf(e.getMessage());
      if (FailureClassifier.isUnknownCommand(message)) {
        throw new StorageException(
            "cannot open %s: Redis 7.0 or later, or Valkey, is needed, and the server %s (%s)"
                .formatted(place, serverVersion(), message),
            e);
      }
      // A user that may not ask for deadlines may still read and write.
      boolean redirected = executor.isCluster() && e instanceof JedisRedirectionException;
      if (!redirected && !message.startsWith("NOPERM")) {
        throw e;
      }
    }
  }

  private String serverVersion() {
    try {
      String info =
          new String((byte[]) executor.tryOnce(Commands.serverInfo().getArguments()), US_ASCII);
      return info.lines()
          .filter(line -> line.startsWith("redis_version:"))
          .map(line -> "has the version " + line.substring("redis_version:".length()))
          .findFirst()
          .orElse("does not say which version it has");
    } catch (JedisException e) {
      return "does not say which version it has";
    }
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public byte @Nullable [] read(String key, Access access) throws IOException {
    return executor.executeOrNull(Commands.get(keys.nameOf(key)), true);
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key, Access access) throws IOException {
    byte[] name = keys.nameOf(key);
    // A transaction, as another client's write could come between the two commands of a pipeline.
    // A script would be one command, but takes three times as long for 64 kB.
    List<Object> replies =
        executor.transact(List.of(Commands.get(name).getArguments(), Commands.pexpiretime(name)));
    byte[] bytes = (byte[]) replies.get(0);
    long deadline = (Long) replies.get(1);
    if (bytes == null || deadline == GONE) {
      return null;
    }
    Entry<byte[]> entry = Entry.of(bytes).withVersion(State.of(bytes, deadline).toVersion());
    return deadline < 0 ? entry : entry.withExpiresAt(Instant.ofEpochMilli(deadline));
  }

  @Override
  public boolean contains(String key) throws IOException {
    return executor.execute(Commands.exists(List.of(keys.nameOf(key))), true) > 0;
  }

  @Override
  public boolean write(String key, byte[] bytes, WriteOptions options) throws IOException {
    byte[] name = keys.nameOf(key);
    long ttlMillis = ttlMillis(options.ttl());
    Condition condition = options.condition();
    if (condition.isAbsent()) {
      return executor.executeOrNull(Commands.setIfAbsent(name, bytes, ttlMillis), false) != null;
    }
    Version expected = condition.version();
    if (expected == null) {
      executor.execute(Commands.set(name, bytes, ttlMillis), false);
      return true;
    }
    State state = State.parse(expected);
    return state != null
        && Script.REPLACE.run(executor, name, state, bytes, Protocol.toByteArray(ttlMillis));
  }

  @Override
  public boolean delete(String key, Condition condition) throws IOException {
    byte[] name = keys.nameOf(key);
    Version expected = condition.version();
    if (expected == null) {
      return executor.execute(Commands.unlink(List.of(name)), false) > 0;
    }
    State state = State.parse(expected);
    return state != null && Script.DELETE.run(executor, name, state);
  }

  /** In milliseconds, rounded up, and at most the longest possible; 0 for ever. */
  private long ttlMillis(@Nullable Duration ttl) {
    Duration chosen = ttl == null ? expiration : ttl;
    if (chosen == null) {
      return 0;
    }
    if (chosen.compareTo(LONGEST) >= 0) {
      return LONGEST.toMillis();
    }
    long millis = chosen.toMillis();
    return Duration.ofMillis(millis).equals(chosen) ? millis : millis + 1;
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    return KeyListing.of(executor.scan(keys.patternOf(prefix)), keys, prefix);
  }

  @Override
  public long count() throws IOException {
    MasterScan scan = executor.scan(keys.patternOf(""));
    long count = 0;
    for (List<byte[]> page = scan.next(); page != null; page = scan.next()) {
      for (byte[] name : page) {
        if (keys.keyOf(name) != null) {
          count++;
        }
      }
    }
    return count;
  }

  /**
   * Deletes the strings of the database whose names are those of keys in this namespace. Values
   * that are no strings, other namespaces and other databases stay.
   */
  @Override
  public void clear() throws IOException {
    MasterScan scan = executor.scan(keys.patternOf(""));
    for (List<byte[]> page = scan.next(); page != null; page = scan.next()) {
      List<String> found = page.stream().map(keys::keyOf).filter(Objects::nonNull).toList();
      List<Exception> failures = new ArrayList<>();
      multiKey.delete(found, (key, failure) -> failures.add(failure));
      if (!failures.isEmpty()) {
        throw (IOException) failures.get(0);
      }
    }
  }

  /** Redis itself deletes expired entries, and no longer counts them. */
  @Override
  public long purgeExpired() {
    return 0;
  }

  @Override
  public Map<String, byte[]> readAll(List<String> keys, BiConsumer<String, Exception> failed) {
    return multiKey.read(keys, failed);
  }

  @Override
  public void writeAll(
      Map<String, byte[]> values, WriteOptions options, BiConsumer<String, Exception> failed) {
    multiKey.write(values, ttlMillis(options.ttl()), failed);
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, Exception> failed) {
    multiKey.delete(keys, failed);
  }

  /**
   * Reports changes, by a connection to each master. SWAPDB, which changes the entries of whole
   * databases, is not reported. {@code lost} is called at once when a connection breaks or a
   * database is emptied as a whole. It is called within twice the time-out when a server no longer
   * replies, or another one takes its place. A server disconnects a listener that is slow for long;
   * that is such a break.
   */
  @Override
  public Closeable watch(ChangeListener listener) throws IOException {
    Objects.requireNonNull(listener, "listener");
    RedisChangeFeed feed;
    Deadline deadline = Deadline.in(timeout); // Defers interrupts.
    try {
      feed = RedisChangeFeed.start(nodes, keys, listener, timeout);
    } catch (RuntimeException e) {
      throw classifier.classify(e, false, false).toIOException();
    } finally {
      deadline.close();
    }
    feeds.add(feed);
    return () -> {
      feeds.remove(feed);
      feed.close();
    };
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  /**
   * Also returns the client, as a {@link UnifiedJedis}: the borrowed one, or one of the store's
   * own.
   */
  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    Optional<T> power = ByteStore.super.unwrap(type);
    return power.isPresent() ? power : client.unwrap(type);
  }

  /** Ends calls in flight; those on connections of a borrowed client end by the time-out. */
  @Override
  public void close() {
    feeds.forEach(RedisChangeFeed::closeWithStore);
    executor.close(client.refuseConnections());
    client.close();
  }

  /** Names the servers and the beginning of the names of all keys. */
  @Override
  public String toString() {
    return place;
  }
}
