package io.jstorage.spi;

import io.jstorage.Capability;
import io.jstorage.Entry;
import io.jstorage.KeyNotFoundException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.Version;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link Storage} that is the same everywhere: checks of keys, nulls, capabilities,
 * times to live and closing, the loader, the map view, and batches in terms of single operations.
 *
 * <p>Stores of objects and policies extend it and implement the {@code do…} methods, which are
 * called with valid arguments, on an open storage, and only for declared capabilities. Stores of
 * bytes do not: they implement {@link ByteStore} and leave the rest to {@link Storages}.
 *
 * @param <V> the type of the values
 */
public abstract class AbstractStorage<V> implements Storage<V> {
  /** What to do instead of an operation that needs a capability. */
  private static final Map<Capability, String> REMEDIES =
      Map.of(
          Capability.ATOMIC, "use put and remove, or a storage that is ATOMIC",
          Capability.EXPIRY,
              "open it with the option 'expiration' if it takes one, or put storage.volatile in front",
          Capability.WRITE_TIME, "use a storage that keeps the time of the last write");

  private final AtomicBoolean closed = new AtomicBoolean();
  private final Loads<V> loads = new Loads<>();

  /** For subclasses. */
  protected AbstractStorage() {}

  /**
   * Returns the value under a key, counting as a use of it.
   *
   * @param key a valid key
   * @return the value, or null if there is none
   */
  protected abstract @Nullable V doGet(String key);

  /**
   * Stores a value.
   *
   * @param key a valid key
   * @param value the value
   * @param ttl how long it lives, positive; null for the storage's own expiration
   */
  protected abstract void doPut(String key, V value, @Nullable Duration ttl);

  /**
   * Removes a value.
   *
   * @param key a valid key
   * @return true if there was one
   */
  protected abstract boolean doRemove(String key);

  /**
   * Lists keys.
   *
   * @param prefix what they start with
   * @return a lazy stream
   */
  protected abstract Stream<String> doKeys(String prefix);

  @Override
  public abstract Set<Capability> capabilities();

  /** Names the storage and its place in messages, without secrets. */
  @Override
  public abstract String toString();

  /**
   * Returns the length of the longest key that this storage takes.
   *
   * @return a number of bytes in UTF-8, by default {@link Keys#MAX_BYTES}
   */
  protected int maxKeyBytes() {
    return Keys.MAX_BYTES;
  }

  /**
   * Returns the value under a key, without counting as a use of it.
   *
   * @param key a valid key
   * @return the value, or null if there is none; by default that of {@link #doGet(String)}
   */
  protected @Nullable V doPeek(String key) {
    return doGet(key);
  }

  /**
   * Returns the value under a key and what is known about it, counting as a use of it.
   *
   * @param key a valid key
   * @return the entry, or null if there is none; by default only the value
   */
  protected @Nullable Entry<V> doEntry(String key) {
    V value = doGet(key);
    return value == null ? null : Entry.of(value);
  }

  /**
   * Returns the value under a key and what is known about it, without counting as a use of it.
   *
   * @param key a valid key
   * @return the entry, or null if there is none; by default that of {@link #doEntry(String)}
   */
  protected @Nullable Entry<V> doPeekEntry(String key) {
    return doEntry(key);
  }

  /**
   * Tells whether there is a value under a key, without counting as a use of it.
   *
   * @param key a valid key
   * @return true if there is one; by default asks {@link #doPeek(String)}
   */
  protected boolean doContains(String key) {
    return doPeek(key) != null;
  }

  /**
   * Stores a value if there is none. Called only if {@link Capability#ATOMIC} is declared.
   *
   * @param key a valid key
   * @param value the value
   * @param ttl how long it lives, positive; null for the storage's own expiration
   * @return true if it was stored
   */
  protected boolean doPutIfAbsent(String key, V value, @Nullable Duration ttl) {
    throw unsupported("putIfAbsent", Capability.ATOMIC);
  }

  /**
   * Replaces a value if the entry has a version. Called only if {@link Capability#ATOMIC} is
   * declared.
   *
   * @param key a valid key
   * @param version the version
   * @param value the new value
   * @param ttl how long it lives, positive; null for the storage's own expiration
   * @return true if it was replaced
   */
  protected boolean doReplace(String key, Version version, V value, @Nullable Duration ttl) {
    throw unsupported("replace", Capability.ATOMIC);
  }

  /**
   * Removes a value if the entry has a version. Called only if {@link Capability#ATOMIC} is
   * declared.
   *
   * @param key a valid key
   * @param version the version
   * @return true if it was removed
   */
  protected boolean doRemove(String key, Version version) {
    throw unsupported("remove by version", Capability.ATOMIC);
  }

  /**
   * Counts the entries.
   *
   * @return how many there are; by default after listing the keys
   */
  protected long doSize() {
    try (Stream<String> keys = doKeys("")) {
      return keys.count();
    }
  }

  /** Removes all entries; by default one by one. */
  protected void doClear() {
    try (Stream<String> keys = doKeys("")) {
      keys.forEach(this::doRemove);
    }
  }

  /**
   * Removes expired entries. A policy that expires entries without declaring {@link
   * Capability#EXPIRY} overrides it too.
   *
   * @return how many were removed
   */
  protected long doPurgeExpired() {
    throw unsupported("purgeExpired", Capability.EXPIRY);
  }

  /**
   * Reads several values.
   *
   * @param keys valid keys without duplicates
   * @return the values that are there, in the order of {@code keys}; by default read one by one
   */
  protected Map<String, V> doGetAll(List<String> keys) {
    Map<String, V> values = new LinkedHashMap<>();
    BatchFailures failures = new BatchFailures("getAll", keys);
    for (String key : keys) {
      failures.attempt(
          key,
          () -> {
            V value = doGet(key);
            if (value != null) {
              values.put(key, value);
            }
          });
    }
    failures.throwIfAny();
    return values;
  }

  /**
   * Stores several values; by default one by one.
   *
   * @param values the values by valid key
   * @param ttl how long they live, positive; null for the storage's own expiration
   */
  protected void doPutAll(Map<String, V> values, @Nullable Duration ttl) {
    BatchFailures failures = new BatchFailures("putAll", values.keySet());
    values.forEach((key, value) -> failures.attempt(key, () -> doPut(key, value, ttl)));
    failures.throwIfAny();
  }

  /**
   * Removes several values; by default one by one.
   *
   * @param keys valid keys without duplicates
   */
  protected void doRemoveAll(List<String> keys) {
    BatchFailures failures = new BatchFailures("removeAll", keys);
    keys.forEach(key -> failures.attempt(key, () -> doRemove(key)));
    failures.throwIfAny();
  }

  /**
   * Returns the object underneath that has a given type.
   *
   * @param type the type
   * @param <T> the type
   * @return the object; by default there is none
   */
  protected <T> Optional<T> doUnwrap(Class<T> type) {
    return Optional.empty();
  }

  /** Releases what this storage opened; by default nothing. Called at most once. */
  protected void doClose() {}

  /**
   * Looks a key up for {@link #get}, {@link #require}, the loader and {@link #asMap()}. An engine
   * may override it to find a key before checking it, as a key that is found is valid.
   *
   * @param key any string
   * @return the value, or null if there is none
   */
  protected @Nullable V lookup(String key) {
    checkKey(key);
    return doGet(key);
  }

  /**
   * Checks that the storage is open and a key is valid.
   *
   * @param key any string
   */
  protected final void checkKey(String key) {
    checkOpen();
    Keys.check(key, maxKeyBytes());
  }

  /** Checks that the storage is open. */
  protected final void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException(this + " is closed");
    }
  }

  /**
   * Makes the exception for an operation that this storage does not have.
   *
   * @param operation the operation
   * @param missing the capability that it needs
   * @return the exception
   */
  protected final UnsupportedOperationException unsupported(String operation, Capability missing) {
    return new UnsupportedOperationException(
        "%s needs %s, which %s does not have: %s"
            .formatted(operation, missing, this, REMEDIES.get(missing)));
  }

  private void checkCapability(String operation, Capability needed) {
    if (!capabilities().contains(needed)) {
      throw unsupported(operation, needed);
    }
  }

  private void checkTtl(String operation, @Nullable Duration ttl) {
    if (ttl != null) {
      if (ttl.isZero() || ttl.isNegative()) {
        throw new IllegalArgumentException("a time to live must be longer than zero, not " + ttl);
      }
      checkCapability(operation, Capability.EXPIRY);
    }
  }

  final @Nullable V peek(String key) {
    checkKey(key);
    return doPeek(key);
  }

  final @Nullable Entry<V> peekEntry(String key) {
    checkKey(key);
    return doPeekEntry(key);
  }

  final void overtake(String key) {
    loads.overtake(key);
  }

  final boolean isKey(String key) {
    return Keys.isValid(key, maxKeyBytes());
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
  public final V get(String key, Function<? super String, ? extends V> loader) {
    Objects.requireNonNull(loader, "loader");
    V value = lookup(key);
    return value != null ? value : loads.load(this, key, loader);
  }

  /** Stores what a loader made, and returns what is there then. */
  final V storeLoaded(String key, V value) {
    checkOpen();
    if (!capabilities().contains(Capability.ATOMIC)) {
      doPut(key, value, null);
      return value;
    }
    if (doPutIfAbsent(key, value, null)) {
      return value;
    }
    V winner = doGet(key);
    return winner != null ? winner : value;
  }

  @Override
  public final Optional<Entry<V>> entry(String key) {
    checkKey(key);
    return Optional.ofNullable(doEntry(key));
  }

  @Override
  public final void put(String key, V value) {
    putChecked(key, value, null);
  }

  @Override
  public final void put(String key, V value, Duration ttl) {
    putChecked(key, value, Objects.requireNonNull(ttl, "ttl"));
  }

  private void putChecked(String key, V value, @Nullable Duration ttl) {
    checkKey(key);
    Objects.requireNonNull(value, "value");
    checkTtl("put with a time to live", ttl);
    loads.overtake(key);
    try {
      doPut(key, value, ttl);
    } finally {
      // After a failure, too: the write may have happened all the same, or a part of a batch.
      loads.overtake(key);
    }
  }

  @Override
  public final boolean putIfAbsent(String key, V value) {
    return putIfAbsentChecked(key, value, null);
  }

  @Override
  public final boolean putIfAbsent(String key, V value, Duration ttl) {
    return putIfAbsentChecked(key, value, Objects.requireNonNull(ttl, "ttl"));
  }

  private boolean putIfAbsentChecked(String key, V value, @Nullable Duration ttl) {
    checkKey(key);
    Objects.requireNonNull(value, "value");
    checkCapability("putIfAbsent", Capability.ATOMIC);
    checkTtl("putIfAbsent with a time to live", ttl);
    return doPutIfAbsent(key, value, ttl);
  }

  @Override
  public final boolean replace(String key, Version version, V value) {
    return replaceChecked(key, version, value, null);
  }

  @Override
  public final boolean replace(String key, Version version, V value, Duration ttl) {
    return replaceChecked(key, version, value, Objects.requireNonNull(ttl, "ttl"));
  }

  private boolean replaceChecked(String key, Version version, V value, @Nullable Duration ttl) {
    checkKey(key);
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(value, "value");
    checkCapability("replace", Capability.ATOMIC);
    checkTtl("replace with a time to live", ttl);
    loads.overtake(key);
    try {
      return doReplace(key, version, value, ttl);
    } finally {
      loads.overtake(key);
    }
  }

  @Override
  public final boolean remove(String key) {
    checkKey(key);
    loads.overtake(key);
    try {
      return doRemove(key);
    } finally {
      loads.overtake(key);
    }
  }

  @Override
  public final boolean remove(String key, Version version) {
    checkKey(key);
    Objects.requireNonNull(version, "version");
    checkCapability("remove by version", Capability.ATOMIC);
    loads.overtake(key);
    try {
      return doRemove(key, version);
    } finally {
      loads.overtake(key);
    }
  }

  @Override
  public final boolean contains(String key) {
    checkKey(key);
    return doContains(key);
  }

  @Override
  public final Stream<String> keys() {
    return keys("");
  }

  @Override
  public final Stream<String> keys(String prefix) {
    Objects.requireNonNull(prefix, "prefix");
    checkOpen();
    return doKeys(prefix);
  }

  @Override
  public final long size() {
    checkOpen();
    return doSize();
  }

  @Override
  public final void clear() {
    checkOpen();
    loads.overtakeAll();
    try {
      doClear();
    } finally {
      loads.overtakeAll();
    }
  }

  @Override
  public final long purgeExpired() {
    checkOpen();
    return doPurgeExpired();
  }

  @Override
  public final Map<String, V> getAll(Collection<String> keys) {
    List<String> distinct = distinctValid(keys);
    return distinct.isEmpty() ? Map.of() : Collections.unmodifiableMap(doGetAll(distinct));
  }

  @Override
  public final void putAll(Map<String, ? extends V> values) {
    putAllChecked(values, null);
  }

  @Override
  public final void putAll(Map<String, ? extends V> values, Duration ttl) {
    putAllChecked(values, Objects.requireNonNull(ttl, "ttl"));
  }

  private void putAllChecked(Map<String, ? extends V> values, @Nullable Duration ttl) {
    checkOpen();
    checkTtl("putAll with a time to live", ttl);
    Map<String, V> copy = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          checkKey(key);
          copy.put(key, Objects.requireNonNull(value, "value"));
        });
    if (!copy.isEmpty()) {
      copy.keySet().forEach(loads::overtake);
      try {
        doPutAll(copy, ttl);
      } finally {
        copy.keySet().forEach(loads::overtake);
      }
    }
  }

  @Override
  public final void removeAll(Collection<String> keys) {
    List<String> distinct = distinctValid(keys);
    if (!distinct.isEmpty()) {
      distinct.forEach(loads::overtake);
      try {
        doRemoveAll(distinct);
      } finally {
        distinct.forEach(loads::overtake);
      }
    }
  }

  private List<String> distinctValid(Collection<String> keys) {
    checkOpen();
    Set<String> distinct = new LinkedHashSet<>();
    for (String key : keys) {
      checkKey(key);
      distinct.add(key);
    }
    return List.copyOf(distinct);
  }

  @Override
  public final ConcurrentMap<String, V> asMap() {
    return new StorageMap<>(this);
  }

  @Override
  public final <T> Optional<T> unwrap(Class<T> type) {
    Objects.requireNonNull(type, "type");
    checkOpen();
    return doUnwrap(type);
  }

  @Override
  public final void close() throws StorageException {
    if (closed.compareAndSet(false, true)) {
      doClose();
    }
  }
}
