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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/** A store of Redis strings under the keys of one namespace. Thread-safe. */
public final class RedisStore implements AtomicByteStore, ExpiringByteStore, BatchByteStore {
  private RedisStore() {}

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
   * Begins to open a store on a client of one's own, which is borrowed: it stays open.
   *
   * @param client the client
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
   * @throws StorageUnavailableException if the server cannot be reached
   * @throws StorageAccessDeniedException if the server refuses the password or the user
   * @throws StorageException if what answers is no Redis
   */
  public static RedisStore open(StorageOptions options) {
    if (options.names().isEmpty()) {
      return new RedisStore();
    }
    throw new StorageException("cannot open: not connected to anything yet");
  }

  @Override
  public byte @Nullable [] read(String key) throws IOException {
    throw new IOException(key);
  }

  @Override
  public @Nullable Entry<byte[]> readEntry(String key) throws IOException {
    throw new IOException(key);
  }

  @Override
  public void write(String key, byte[] bytes) throws IOException {
    throw new IOException(key);
  }

  @Override
  public void write(String key, byte[] bytes, Duration ttl) throws IOException {
    throw new IOException(key);
  }

  @Override
  public boolean writeIf(
      String key, byte[] bytes, @Nullable Version expected, @Nullable Duration ttl)
      throws IOException {
    throw new IOException(key);
  }

  @Override
  public boolean delete(String key) throws IOException {
    throw new IOException(key);
  }

  @Override
  public boolean deleteIf(String key, Version expected) throws IOException {
    throw new IOException(key);
  }

  @Override
  public Stream<String> keys(String prefix) throws IOException {
    throw new IOException(prefix);
  }

  @Override
  public long purgeExpired() {
    return 0;
  }

  @Override
  public Map<String, byte[]> readAll(List<String> keys, BiConsumer<String, IOException> failed)
      throws IOException {
    throw new IOException(keys.toString());
  }

  @Override
  public void writeAll(
      Map<String, byte[]> entries, @Nullable Duration ttl, BiConsumer<String, IOException> failed)
      throws IOException {
    throw new IOException(entries.toString());
  }

  @Override
  public void deleteAll(List<String> keys, BiConsumer<String, IOException> failed)
      throws IOException {
    throw new IOException(keys.toString());
  }

  @Override
  public int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  @Override
  public <T> Optional<T> unwrap(Class<T> type) {
    return AtomicByteStore.super.unwrap(type);
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
     * @throws StorageUnavailableException if the server cannot be reached
     * @throws StorageAccessDeniedException if the server refuses the password or the user
     * @throws StorageException if what answers is no Redis
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
