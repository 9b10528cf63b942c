package io.jstorage.spi;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.KeyNotFoundException;
import io.jstorage.Loader;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.StorageUnavailableException;
import io.jstorage.Streams;
import io.jstorage.Version;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

// Longer than other files: it has each method of Storage once, and nothing else has them.
/**
 * A {@link Storage} on a {@link Store}: everything that is the same for all stores. It checks keys,
 * nulls, times to live and capabilities, keeps calls from overlapping the closing, turns failures
 * into {@link StorageException}s, and adds the loader and the map view.
 *
 * <p>{@link Storages} makes such storages. A class extends this one only to give a storage a type
 * of its own, a faster {@link #lookup}, or an eye on {@link #load loads}.
 *
 * @param <V> the type of the values
 */
public abstract class AbstractStorage<V> implements Storage<V> {
  private final Store<V> store;
  private final Gate gate;
  private final List<AutoCloseable> owned;
  private final int maxKeyBytes;

  /** Whether the store may throw exceptions of its medium, which users do not know. */
  private final boolean ofMedium;

  private final @Nullable LoadCounter loadCounter;
  private final Loads<V> loads = new Loads<>(this);
  private final Batches<V> batches;
  private volatile @Nullable Capabilities capabilities;

  /** Whether this is known to be ATOMIC without an access to the store. */
  private volatile boolean knownAtomic;

  /**
   * Makes a storage on a store, which is closed with it if it is {@link Closeable}.
   *
   * @param store the store
   */
  protected AbstractStorage(Store<V> store) {
    this(store, store instanceof Closeable closeable ? closeable : null, List.of());
  }

  /**
   * Makes a storage on a store that tolerates calls while it is closed: one in memory, or a policy
   * in front of storages, which count their own calls. Calls in flight are not counted, which costs
   * nothing, and may overlap the closing.
   *
   * @param store the store
   * @param owned closed with this storage, in this order
   */
  protected AbstractStorage(Store<V> store, List<? extends AutoCloseable> owned) {
    this(store, null, List.copyOf(owned));
  }

  AbstractStorage(
      Store<V> store, @Nullable Closeable resource, List<? extends AutoCloseable> owned) {
    this.store = Objects.requireNonNull(store, "store");
    this.gate = new Gate(this, resource != null);
    this.owned = resource != null ? List.of(resource) : List.copyOf(owned);
    this.maxKeyBytes = store.maxKeyBytes();
    this.batches = new Batches<>(this, store, loads);
    this.ofMedium = resource != null || store instanceof CodedStore;
    this.loadCounter = store.unwrap(LoadCounter.class).orElse(null);
  }

  /** Names the storage and its place in messages, without secrets; by default as the store does. */
  @Override
  public String toString() {
    return store.toString();
  }

  /**
   * Looks a key up for {@link #get}, {@link #require}, the loader and {@link #asMap()}. A storage
   * in memory may override it to find a key before checking it, as a key that is found is valid.
   *
   * @param key any string
   * @return the value, or null if there is none
   */
  protected @Nullable V lookup(String key) {
    return read(key, Access.TOUCH);
  }

  /**
   * Looks a key up for {@link #get(String, Loader)}, which loads the value if this returns null. A
   * policy about loads may override it. Called twice for a key that is loaded: the second time
   * while no other load of the key runs, and not as an access.
   *
   * @param key any string the first time, a valid key the second time
   * @param loader the loader that would compute the value
   * @param access whether this counts as an access
   * @return the value, or null to have it loaded
   */
  protected @Nullable V lookup(String key, Loader<? extends V, ?> loader, Access access) {
    return access == Access.TOUCH ? lookup(key) : peek(key);
  }

  final void checkOpen() {
    gate.checkOpen();
  }

  /**
   * Checks that the storage is open and a key is valid.
   *
   * @param key any string
   */
  protected final void checkKey(String key) {
    gate.checkOpen();
    Keys.check(key, maxKeyBytes);
  }

  final boolean isKey(String key) {
    return Keys.isValid(key, maxKeyBytes);
  }

  final int maxKeyBytes() {
    return maxKeyBytes;
  }

  /**
   * Runs a loader for {@link #get(String, Loader)}, at most one of a key at a time, and counts it
   * if the store has a {@link LoadCounter}. A policy may override it to observe loads.
   *
   * @param key the key
   * @param loader computes the value
   * @param <E> the checked exception of the loader
   * @return what the loader returned; null is an error of the loader
   * @throws E if the loader throws it
   */
  protected <E extends Exception> @Nullable V load(String key, Loader<? extends V, E> loader)
      throws E {
    LoadCounter counter = loadCounter;
    if (counter == null) {
      return loader.load(key);
    }
    long begin = System.nanoTime();
    V loaded = null;
    try {
      loaded = loader.load(key);
      return loaded;
    } finally {
      counter.add(System.nanoTime() - begin, loaded != null);
    }
  }

  final @Nullable V peek(String key) {
    return read(key, Access.PEEK);
  }

  private @Nullable V read(String key, Access access) {
    Keys.check(key, maxKeyBytes);
    int pass = gate.enter();
    try {
      return store.read(key, access);
    } catch (IOException | RuntimeException e) {
      throw failed("get", key, e, false);
    } finally {
      gate.leave(pass);
    }
  }

  final @Nullable Entry<V> readEntry(String key, Access access) {
    Keys.check(key, maxKeyBytes);
    int pass = gate.enter();
    try {
      return store.readEntry(key, access);
    } catch (IOException | RuntimeException e) {
      throw failed("get", key, e, false);
    } finally {
      gate.leave(pass);
    }
  }

  private boolean write(String operation, String key, V value, WriteOptions options) {
    Keys.check(key, maxKeyBytes);
    Objects.requireNonNull(value, "value");
    if (options != WriteOptions.NONE) {
      check(operation, options);
    }
    // A write that stores nothing where something exists needs not keep a load from storing.
    boolean replaces = !options.condition().isAbsent();
    boolean noted = replaces && loads.beginChange(key);
    try {
      return store(operation, key, value, options);
    } finally {
      if (replaces) {
        loads.endChange(key, noted);
      }
    }
  }

  /** Writes without keeping loads from storing. */
  private boolean store(String operation, String key, V value, WriteOptions options) {
    int pass = gate.enter();
    try {
      return store.write(key, value, options);
    } catch (IOException | RuntimeException e) {
      throw failed(operation, key, e, true);
    } finally {
      gate.leave(pass);
    }
  }

  private boolean delete(String key, Condition condition) {
    boolean noted = loads.beginChange(key);
    int pass = gate.enter();
    try {
      return store.delete(key, condition);
    } catch (IOException | RuntimeException e) {
      throw failed("remove", key, e, true);
    } finally {
      gate.leave(pass);
      loads.endChange(key, noted);
    }
  }

  /** Carries out a call that is rare or takes so long that the object for it costs little. */
  final <T> T call(String what, boolean write, Callable<T> call) {
    int pass = gate.enter();
    try {
      return call.call();
    } catch (Exception e) {
      throw failed(what, e, write);
    } finally {
      gate.leave(pass);
    }
  }

  final RuntimeException failed(String operation, String key, Exception e, boolean write) {
    return e instanceof StorageException known
        ? known
        : failed("%s %s in %s".formatted(operation, Keys.display(key), this), e, write);
  }

  /** Returns the exception that the caller gets for an exception of a call. */
  private RuntimeException failed(String what, Exception e, boolean write) {
    if (e instanceof StorageException known) {
      return known;
    }
    if (gate.mayHaveBrokenOff()) {
      return new StorageUnavailableException(
          "cannot %s: it was closed while the call was in flight".formatted(what),
          e,
          write && !Failures.saysNothingChanged(e));
    }
    // A policy throws what the storages behind it threw.
    return e instanceof RuntimeException unchecked && !ofMedium
        ? unchecked
        : Failures.of(what, e, write);
  }

  final void check(String operation, WriteOptions options) {
    if (!options.condition().isNone()) {
      checkCapability(operation, Capability.ATOMIC);
    }
    Duration ttl = options.ttl();
    if (ttl != null) {
      if (ttl.isZero() || ttl.isNegative()) {
        throw new IllegalArgumentException("a time to live must be longer than zero, not " + ttl);
      }
      checkCapability(operation + " with a time to live", Capability.EXPIRY);
    }
  }

  final void checkCapability(String operation, Capability needed) {
    Capabilities declared = declared();
    if (!declared.has(needed)) {
      throw declared.refusal(operation, needed, this);
    }
  }

  final Capabilities declared() {
    Capabilities known = capabilities;
    if (known == null) {
      known = call("find out the capabilities of " + this, false, store::capabilities);
      capabilities = known;
      knownAtomic = known.has(Capability.ATOMIC);
    }
    return known;
  }

  final boolean isKnownAtomic() {
    return knownAtomic;
  }

  @Override
  public final Set<Capability> capabilities() {
    return declared().asSet();
  }

  @Override
  public final Optional<V> get(String key) {
    return Optional.ofNullable(lookup(key));
  }

  @Override
  public final V require(String key) {
    V value = lookup(key);
    if (value == null) {
      throw new KeyNotFoundException("there is no %s in %s".formatted(Keys.display(key), this));
    }
    return value;
  }

  @Override
  public final <E extends Exception> V get(String key, Loader<? extends V, E> loader) throws E {
    Objects.requireNonNull(loader, "loader");
    V value = lookup(key, loader, Access.TOUCH);
    return value != null ? value : loads.load(key, loader);
  }

  /**
   * Loads the value of a key again, unless a load of that key is running. Callers that ask for the
   * key concurrently and do not find it wait for this load.
   *
   * @param key the key, checked
   * @param loader computes the value
   * @param store stores the loaded value, and returns the one that exists then; not called if a
   *     change through this object overlapped the load
   * @param <E> the checked exception of the loader
   * @return false if a load of the key was running; nothing was done then
   * @throws E if the loader throws it
   */
  protected final <E extends Exception> boolean reload(
      String key, Loader<? extends V, E> loader, UnaryOperator<V> store) throws E {
    return loads.reload(key, loader, store);
  }

  /**
   * Stores a loaded value. A policy may override it.
   *
   * @param key the key
   * @param value the loaded value
   * @return the value that exists then, which the callers of {@link #get(String, Loader)} receive
   */
  protected V storeLoaded(String key, V value) {
    gate.checkOpen();
    if (!declared().has(Capability.ATOMIC)) {
      store("put", key, value, WriteOptions.NONE);
      return value;
    }
    if (store("put (if absent)", key, value, WriteOptions.IF_ABSENT)) {
      return value;
    }
    // Written while this call was under way, which counts as the last access.
    V winner = peek(key);
    return winner != null ? winner : value;
  }

  @Override
  public final Optional<Entry<V>> entry(String key) {
    return Optional.ofNullable(readEntry(key, Access.TOUCH));
  }

  @Override
  public final void put(String key, V value) {
    write("put", key, value, WriteOptions.NONE);
  }

  @Override
  public final void put(String key, V value, Duration ttl) {
    write("put", key, value, WriteOptions.NONE.expiringAfter(ttl));
  }

  @Override
  public final boolean putIfAbsent(String key, V value) {
    return write("putIfAbsent", key, value, WriteOptions.IF_ABSENT);
  }

  @Override
  public final boolean putIfAbsent(String key, V value, Duration ttl) {
    return write("putIfAbsent", key, value, WriteOptions.IF_ABSENT.expiringAfter(ttl));
  }

  @Override
  public final boolean replace(String key, Version version, V value) {
    return write("replace", key, value, WriteOptions.NONE.onlyIf(Condition.version(version)));
  }

  @Override
  public final boolean replace(String key, Version version, V value, Duration ttl) {
    return write(
        "replace",
        key,
        value,
        WriteOptions.NONE.onlyIf(Condition.version(version)).expiringAfter(ttl));
  }

  @Override
  public final boolean remove(String key) {
    Keys.check(key, maxKeyBytes);
    return delete(key, Condition.NONE);
  }

  @Override
  public final boolean remove(String key, Version version) {
    Keys.check(key, maxKeyBytes);
    Condition condition = Condition.version(version);
    checkCapability("remove by version", Capability.ATOMIC);
    return delete(key, condition);
  }

  @Override
  public final boolean contains(String key) {
    Keys.check(key, maxKeyBytes);
    int pass = gate.enter();
    try {
      return store.contains(key);
    } catch (IOException | RuntimeException e) {
      throw failed("look for", key, e, false);
    } finally {
      gate.leave(pass);
    }
  }

  @Override
  public final Stream<String> keys() {
    return keys("");
  }

  @Override
  public final Stream<String> keys(String prefix) {
    Objects.requireNonNull(prefix, "prefix");
    String what = "list " + this;
    return call(
        what, false, () -> KeyStream.of(store.keys(prefix), gate, e -> failed(what, e, false)));
  }

  @Override
  public final long size() {
    return call("count " + this, false, store::count);
  }

  @Override
  public final void clear() {
    loads.beginClear();
    try {
      call(
          "clear " + this,
          true,
          () -> {
            store.clear();
            return this;
          });
    } finally {
      loads.endClear();
    }
  }

  @Override
  public final long purgeExpired() {
    return call("purge " + this, true, store::purgeExpired);
  }

  @Override
  public final Map<String, V> getAll(Collection<String> keys) {
    return batches.getAll(keys);
  }

  @Override
  public final void putAll(Map<String, ? extends V> values) {
    batches.putAll(values, WriteOptions.NONE);
  }

  @Override
  public final void putAll(Map<String, ? extends V> values, Duration ttl) {
    batches.putAll(values, WriteOptions.NONE.expiringAfter(ttl));
  }

  @Override
  public final void removeAll(Collection<String> keys) {
    batches.removeAll(keys);
  }

  /** Keeps loads of a key from storing their values while a change of several calls runs. */
  final <T> @Nullable T whileChanging(String key, Supplier<@Nullable T> change) {
    boolean noted = loads.beginChange(key);
    try {
      return change.get();
    } finally {
      loads.endChange(key, noted);
    }
  }

  @Override
  public final ConcurrentMap<String, V> asMap() {
    return new StorageMap<>(this);
  }

  @Override
  public final Optional<Streams> streams() {
    return unwrap(ByteStreams.class).map(bytes -> new GuardedStreams(bytes, this, gate));
  }

  @Override
  public final <T> Optional<T> unwrap(Class<T> type) {
    Objects.requireNonNull(type, "type");
    gate.checkOpen();
    return store.unwrap(type);
  }

  @Override
  public final void close() throws StorageException {
    if (gate.close()) {
      Exception failure = null;
      for (AutoCloseable each : owned) {
        try {
          each.close();
        } catch (Exception e) {
          if (failure == null) {
            failure = e;
          } else {
            failure.addSuppressed(e);
          }
        }
      }
      if (failure instanceof StorageException known) {
        throw known;
      }
      if (failure != null) {
        throw Failures.of("close " + this, failure, false);
      }
    }
  }
}
