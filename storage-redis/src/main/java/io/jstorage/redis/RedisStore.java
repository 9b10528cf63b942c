package io.jstorage.redis;

import io.jstorage.Codec;
import io.jstorage.Entry;
import io.jstorage.Option;
import io.jstorage.Storage;
import io.jstorage.StorageAccessDeniedException;
import io.jstorage.StorageException;
import io.jstorage.StorageOptions;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Version;
import io.jstorage.spi.AtomicByteStore;
import io.jstorage.spi.BatchByteStore;
import io.jstorage.spi.ExpiringByteStore;
import io.jstorage.spi.Keys;
import io.jstorage.spi.StandardOptions;
import io.jstorage.spi.Storages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;

/**
 * A store of Redis strings: on one server, on the one that Sentinels name, or in a Cluster. A value
 * is the bytes and nothing else, under the name {@code namespace:key}, as {@code redis-cli} shows
 * it; of the namespace {@code %}, {@code :}, braces and control characters are percent-encoded.
 * Stores of different namespaces do not see each other, and no other key is ever touched. Needs
 * Redis 7.0 or what speaks like it.
 *
 * <p>One request to the server takes each of {@code read}, {@code write}, {@code writeIf}, {@code
 * delete}, {@code deleteIf}, {@code exists} and {@code readEntry}, which sends two commands
 * together. {@code writeIf} with a version and {@code deleteIf} compare a digest of the value on
 * the server: about 6 ms there per megabyte. On a single server {@code readAll} and {@code
 * deleteAll} take one request for every 5 000 keys (a second one where keys are missed), {@code
 * writeAll} one round trip for every 1 000; in a Cluster all take one round trip to each node for
 * every 1 000. Listing, counting and clearing read the names of all keys of the database, by SCAN,
 * 1 000 at a time, whatever the namespace.
 *
 * <p>Operations on one key are linearizable as long as one server has it. What the server has
 * acknowledged may be lost when another takes its place: Redis tells its replicas later.
 *
 * <p>Entries expire by the server's clock, to the millisecond, and Redis deletes them by itself:
 * they are neither listed nor counted. A version stands for the bytes and the deadline.
 *
 * <p>{@link #keys} gives no key twice that it gave among the last 10 000; {@link #count} counts
 * again what SCAN repeats while a table of the server shrinks. A key whose slot moves from one node
 * of a Cluster to another during a listing may be left out or come twice. Where another process
 * takes the place of a server, a listing ends with a failure.
 *
 * <p>What fails before it was sent, and everything that reads, is tried again within the time-out;
 * a write whose connection broke before the answer has an unknown outcome. Interrupts end no
 * operation and stay set. Threads wait for a connection in the order in which they came, at most
 * for the time-out.
 *
 * <p>Thread-safe.
 */
public final class RedisStore implements AtomicByteStore, ExpiringByteStore, BatchByteStore {
  /** What PEXPIRETIME says of a key that is not there. */
  private static final long GONE = -2;

  /** Within what Redis can add to the time of day. */
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE / 2);

  private final UnifiedJedis client;
  private final boolean borrowed;
  private final Link link;
  private final RedisKeys keys;
  private final ManyKeys manyKeys;
  private final @Nullable Duration expiration;
  private final String place;

  private RedisStore(RedisSettings settings, UnifiedJedis client) {
    Duration timeout = settings.get(RedisOptions.TIMEOUT);
    Connections connections = new Connections(Connector.nodesOf(client, timeout), timeout);
    this.client = client;
    this.borrowed = settings.find(RedisOptions.CLIENT).isPresent();
    this.link = new Link(connections, settings.judge());
    this.keys = new RedisKeys(settings.get(RedisOptions.NAMESPACE));
    this.manyKeys = new ManyKeys(link, keys);
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
  public static Builder at(String host, int port) {
    return new Builder().set(RedisOptions.HOST, host).set(RedisOptions.PORT, port);
  }

  /**
   * Begins to open a store on the server that Sentinels name.
   *
   * @param master the name under which the Sentinels know the server
   * @param sentinels their addresses, {@code host:port} each
   * @return a builder
   */
  public static Builder viaSentinels(String master, List<String> sentinels) {
    return new Builder().set(RedisOptions.MASTER, master).set(RedisOptions.SENTINELS, sentinels);
  }

  /**
   * Begins to open a store in a Redis Cluster.
   *
   * @param nodes the addresses of some of its nodes, {@code host:port} each
   * @return a builder
   */
  public static Builder inCluster(List<String> nodes) {
    return new Builder().set(RedisOptions.CLUSTER, nodes);
  }

  /**
   * Begins to open a store on a client of one's own, which is borrowed: it stays open. The store
   * uses the connections of the client's pools, and repeats commands as it sees fit, not as the
   * client would.
   *
   * @param client a {@code RedisClient}, {@code RedisSentinelClient} or {@code RedisClusterClient}
   * @return a builder
   */
  public static Builder over(UnifiedJedis client) {
    return new Builder().set(RedisOptions.CLIENT, client);
  }

  /**
   * Opens a store by options.
   *
   * @param options those of {@link RedisOptions}; others are ignored
   * @return the store, to be closed by the caller or with the storage it becomes part of
   * @throws io.jstorage.InvalidOptionException if the options do not go together
   * @throws StorageUnavailableException if no Redis can be reached; that is tried once
   * @throws StorageAccessDeniedException if the server refuses the password or the user
   */
  public static RedisStore open(StorageOptions options) {
    RedisSettings settings = new RedisSettings(options);
    Optional<UnifiedJedis> borrowed = settings.find(RedisOptions.CLIENT);
    UnifiedJedis client = null;
    boolean opened = false;
    try {
      client = borrowed.isPresent() ? borrowed.get() : new Connector(settings).connect();
      RedisStore store = new RedisStore(settings, client);
      store.link.ping();
      opened = true;
      return store;
    } catch (StorageException e) {
      throw e;
    } catch (RuntimeException e) {
      throw settings.judge().judge(e, false, false).toStorageException("open " + settings.place());
    } finally {
      if (!opened && client != null && borrowed.isEmpty()) {
        client.close();
      }
    }
  }

  @Override
  public byte @Nullable [] read(String key) throws IOException {
    return link.executeOrNull(Commands.get(keys.nameOf(key)), true);
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key) throws IOException {
    byte[] name = keys.nameOf(key);
    List<Answer<Object>> answers =
        link.executeAll(List.of(Commands.get(name), Commands.pexpiretime(name)), true);
    byte[] bytes = (byte[]) answers.get(0).get();
    Long deadline = (Long) answers.get(1).get();
    if (bytes == null || deadline == null || deadline == GONE) {
      return null;
    }
    Entry<byte[]> entry = Entry.of(bytes).withVersion(State.of(bytes, deadline).toVersion());
    return deadline < 0 ? entry : entry.withExpiresAt(Instant.ofEpochMilli(deadline));
  }

  @Override
  public boolean exists(String key) throws IOException {
    return link.execute(Commands.exists(List.of(keys.nameOf(key))), true) > 0;
  }

  @Override
  public void write(String key, byte[] bytes) throws IOException {
    link.execute(Commands.set(keys.nameOf(key), bytes, ttlMillis(null)), false);
  }

  @Override
  public void write(String key, byte[] bytes, Duration ttl) throws IOException {
    link.execute(Commands.set(keys.nameOf(key), bytes, ttlMillis(ttl)), false);
  }

  @Override
  public boolean writeIf(
      String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl)
      throws IOException {
    byte[] name = keys.nameOf(key);
    long ttlMillis = ttlMillis(ttl);
    if (expected == null) {
      return link.executeOrNull(Commands.setIfAbsent(name, bytes, ttlMillis), false) != null;
    }
    State state = State.parse(expected);
    return state != null
        && Script.REPLACE.run(link, name, state, bytes, Protocol.toByteArray(ttlMillis));
  }

  @Override
  public boolean delete(String key) throws IOException {
    return link.execute(Commands.unlink(List.of(keys.nameOf(key))), false) > 0;
  }

  @Override
  public boolean deleteIf(String key, Version expected) throws IOException {
    State state = State.parse(expected);
    return state != null && Script.DELETE.run(link, keys.nameOf(key), state);
  }

  /** In milliseconds, rounded up and at most the longest there is; 0 for ever. */
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
    return KeyListing.of(link.scan(keys.patternOf(prefix)), keys, prefix);
  }

  @Override
  public long count() throws IOException {
    MasterScan scan = link.scan(keys.patternOf(""));
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

  @Override
  public void clear() throws IOException {
    MasterScan scan = link.scan(keys.patternOf(""));
    for (List<byte[]> page = scan.next(); page != null; page = scan.next()) {
      List<String> found = page.stream().map(keys::keyOf).filter(Objects::nonNull).toList();
      List<IOException> failures = new ArrayList<>();
      manyKeys.delete(found, (key, failure) -> failures.add(failure));
      if (!failures.isEmpty()) {
        throw failures.get(0);
      }
    }
  }

  /** Redis deletes by itself what has expired, and counts it no longer. */
  @Override
  public long purgeExpired() {
    return 0;
  }

  @Override
  public Map<String, byte[]> readAll(List<String> keys, BiConsumer<String, IOException> failed)
      throws IOException {
    return manyKeys.read(keys, failed);
  }

  @Override
  public void writeAll(
      Map<String, byte[]> entries, @Nullable Duration ttl, BiConsumer<String, IOException> failed) {
    manyKeys.write(entries, ttlMillis(ttl), failed);
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, IOException> failed) {
    manyKeys.delete(keys, failed);
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  /** Finds the client: a {@link UnifiedJedis}. */
  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    return type.isInstance(client)
        ? Optional.of(type.cast(client))
        : AtomicByteStore.super.unwrap(type);
  }

  @Override
  public void close() {
    link.close();
    if (!borrowed) {
      client.close();
    }
  }

  /** Names the servers and the beginning of the names of all keys. */
  @Override
  public String toString() {
    return place;
  }

  /** Opens stores. Not thread-safe. */
  public static final class Builder {
    private StorageOptions options = StorageOptions.none();

    private Builder() {}

    private <T> Builder set(Option<T> option, T value) {
      options =
          options.with(option, option.parse(Objects.requireNonNull((Object) value, option.name())));
      return this;
    }

    /**
     * Sets the password of the server's default user.
     *
     * @param password the password
     * @return this builder
     */
    public Builder password(String password) {
      return set(RedisOptions.PASSWORD, password);
    }

    /**
     * Sets the user to log in as.
     *
     * @param username the user
     * @param password the user's password
     * @return this builder
     */
    public Builder user(String username, String password) {
      return set(RedisOptions.USERNAME, username).password(password);
    }

    /**
     * Sets the number of the database; 0 by default.
     *
     * @param database the number
     * @return this builder
     */
    public Builder database(int database) {
      return set(RedisOptions.DATABASE, database);
    }

    /**
     * Connects by TLS, trusting whom Java trusts. The certificate must name the host.
     *
     * @return this builder
     */
    public Builder tls() {
      return set(RedisOptions.TLS, true);
    }

    /**
     * Connects by TLS, trusting only certain authorities.
     *
     * @param ca a PEM file with their certificates
     * @return this builder
     */
    public Builder tls(Path ca) {
      return set(RedisOptions.CA, ca);
    }

    /**
     * Connects by TLS, trusting what a context trusts and showing what it has.
     *
     * @param ssl the context
     * @return this builder
     */
    public Builder tls(SSLContext ssl) {
      return set(RedisOptions.SSL, ssl);
    }

    /**
     * Allows the password to be sent to another machine without TLS, for everybody on the way to
     * read.
     *
     * @return this builder
     */
    public Builder plaintext() {
      return set(RedisOptions.PLAINTEXT, true);
    }

    /**
     * Sets what sets the keys of this store apart from others; {@code jstorage} by default.
     *
     * @param namespace any text but the empty one
     * @return this builder
     * @throws io.jstorage.InvalidOptionException if it is none
     */
    public Builder namespace(String namespace) {
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
    public Builder expiration(Duration expiration) {
      return set(StandardOptions.EXPIRATION, expiration);
    }

    /**
     * Sets how long to wait for a connection, for an answer, and in all for repetitions; 2 s by
     * default.
     *
     * @param timeout how long, longer than zero and at most a day
     * @return this builder
     * @throws io.jstorage.InvalidOptionException if it is not
     */
    public Builder timeout(Duration timeout) {
      return set(RedisOptions.TIMEOUT, timeout);
    }

    /**
     * Sets how many connections there may be to a server; 16 by default.
     *
     * @param size how many, 1 or more
     * @return this builder
     * @throws io.jstorage.InvalidOptionException if it is less
     */
    public Builder pool(int size) {
      return set(RedisOptions.POOL, size);
    }

    /**
     * Opens the store and asks the server once whether it is there.
     *
     * @return the store, to be closed by the caller or with the storage it becomes part of
     * @throws io.jstorage.InvalidOptionException if the settings do not go together
     * @throws StorageUnavailableException if no Redis can be reached; that is tried once
     * @throws StorageAccessDeniedException if the server refuses the password or the user
     */
    public RedisStore open() {
      return RedisStore.open(options);
    }

    /**
     * Opens the store as a storage.
     *
     * @param codec how values become bytes
     * @param <V> the type of the values
     * @return the storage, to be closed by the caller
     * @throws StorageException as {@link #open()} does
     */
    public <V> Storage<V> storage(Codec<V> codec) {
      Objects.requireNonNull(codec, "codec");
      return Storages.of(open(), codec);
    }
  }
}
