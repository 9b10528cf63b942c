package io.jstorage.spring;

import io.jstorage.Storage;
import io.jstorage.StorageException;
import io.jstorage.cache.CacheKey;
import io.jstorage.cache.CacheKeys;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * A cache of Spring over a storage.
 *
 * <p><b>Keys</b> may be of any type that {@link CacheKeys} converts: strings stand as they are,
 * numbers, UUIDs, booleans and characters have a readable form, and other objects are serialized,
 * {@code SimpleKey} among them; in memory they are compared by {@code equals}. <b>Values</b> may be
 * null. In memory they are the very objects that were put; elsewhere what the codec makes of them.
 *
 * <p><b>Loading.</b> {@code get(key, loader)}, which {@code sync = true} calls, runs one loader of
 * a key at a time in this process; an eviction or put during the load keeps its result from being
 * stored. {@code retrieve} does the same on a thread of the cache, or at once where values are in
 * memory.
 *
 * <p><b>Clearing</b> removes the entries of this cache and nothing else that may be in the same
 * place. {@code putIfAbsent} needs a storage that is {@link io.jstorage.Capability#ATOMIC}.
 *
 * <p>Thread-safe. As atomic and durable as the storage.
 */
public final class StorageCache implements Cache, AutoCloseable {
  private final String name;
  private final Opening opening;
  private final CacheKeys keys;
  private final Class<?> type;
  private final boolean inMemory;
  private final Failing failing;
  private final Executor executor;

  StorageCache(
      String name,
      Opening opening,
      CacheKeys keys,
      Class<?> type,
      boolean inMemory,
      OnFailure onFailure,
      Executor executor) {
    this.name = name;
    this.opening = opening;
    this.keys = keys;
    this.type = type;
    this.inMemory = inMemory;
    this.failing = new Failing(name, onFailure);
    this.executor = executor;
  }

  /**
   * Begins a cache that is kept where a URL says, such as {@code lru:?limit=1000} or {@code
   * redis.json://localhost/}. By default values are of any type, a failing storage is the caller's
   * exception, and the storage is opened at once.
   *
   * @param name the name of the cache
   * @param url the URL of the storage; <code>{cache}</code> in it stands for the name
   * @return the builder
   */
  public static StorageCacheBuilder builder(String name, String url) {
    return new StorageCacheBuilder(name, url);
  }

  /** A value beside its key, where keys have no text of their own and live as long as an entry. */
  private record ValueWithKey(Object key, @Nullable Object value) {}

  private CachedValue<Object> stored(CacheKey key, @Nullable Object value) {
    if (value != null && !type.isInstance(value)) {
      throw new IllegalArgumentException(
          "the cache '%s' keeps values of %s and was given one of %s: set its type to a class of both"
              .formatted(name, type.getName(), value.getClass().getName()));
    }
    Object kept = key.kept();
    return new CachedValue<>(key.text(), kept == null ? value : new ValueWithKey(kept, value));
  }

  private @Nullable Object value(CachedValue<?> stored, CacheKey key) {
    if (key.isHashed() && !stored.key().equals(key.text())) {
      throw new StorageException(
          "under '%s' the storage of the cache '%s' has the entry of another key, '%s': something else writes there"
              .formatted(key.place(), name, stored.key()));
    }
    Object value = stored.value();
    return value instanceof ValueWithKey pair ? pair.value() : value;
  }

  private @Nullable ValueWrapper find(CacheKey key) {
    CachedValue<?> stored = opening.storage().get(key.place()).orElse(null);
    return stored == null ? null : new SimpleValueWrapper(value(stored, key));
  }

  @Override
  public String getName() {
    return name;
  }

  /** Returns the storage, a {@link Storage} of {@link CachedValue}s. */
  @Override
  public Object getNativeCache() {
    return opening.storage();
  }

  /**
   * Returns the storage.
   *
   * @return the storage
   * @throws StorageException if it was not there when the application began, and still is not
   */
  public Storage<CachedValue<Object>> storage() {
    return opening.storage();
  }

  /** Calls something as soon as the storage is open, which may be now. */
  void whenOpen(Consumer<Storage<?>> action) {
    opening.whenOpen(action);
  }

  /**
   * Returns whether a failing storage fails the callers of this cache.
   *
   * @return what the cache does when its storage fails
   */
  public OnFailure onFailure() {
    return failing.onFailure();
  }

  /**
   * Accesses the storage, in order to find out whether that works.
   *
   * @throws StorageException if it does not
   */
  public void check() {
    opening.storage().contains("(Health)");
  }

  @Override
  public @Nullable ValueWrapper get(Object key) {
    CacheKey converted = keys.find(key);
    return failing.read(() -> find(converted));
  }

  @Override
  public <T> @Nullable T get(Object key, @Nullable Class<T> wanted) {
    ValueWrapper found = get(key);
    Object value = found == null ? null : found.get();
    if (value != null && wanted != null && !wanted.isInstance(value)) {
      throw new IllegalStateException(
          "the value of this key in the cache '%s' is of %s, not of %s"
              .formatted(name, value.getClass().getName(), wanted.getName()));
    }
    @SuppressWarnings("unchecked")
    T result = (T) value;
    return result;
  }

  /** The exception of a loader, on its way through the storage. */
  private static final class LoaderException extends Exception {
    private static final long serialVersionUID = 1L;

    LoaderException(Throwable cause) {
      super(cause);
    }
  }

  @Override
  public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
    CacheKey converted = keys.name(key);
    try {
      @SuppressWarnings("unchecked")
      T value = (T) value(load(converted, valueLoader), converted);
      return value;
    } catch (LoaderException e) {
      throw new ValueRetrievalException(key, valueLoader, e.getCause());
    }
  }

  private CachedValue<?> load(CacheKey key, Callable<?> loader) throws LoaderException {
    Loaded loaded = new Loaded(key, loader);
    try {
      CachedValue<?> stored = opening.storage().get(key.place(), loaded::load);
      failing.succeeded();
      return stored;
    } catch (StorageException e) {
      failing.failed("load", e);
      return loaded.result();
    }
  }

  /** A loader that runs once, also if the storage fails before or after. */
  private final class Loaded {
    private final CacheKey key;
    private final Callable<?> loader;
    private @Nullable CachedValue<Object> result;

    Loaded(CacheKey key, Callable<?> loader) {
      this.key = key;
      this.loader = loader;
    }

    CachedValue<Object> load(String place) throws LoaderException {
      return result();
    }

    CachedValue<Object> result() throws LoaderException {
      CachedValue<Object> made = result;
      if (made == null) {
        Object value;
        try {
          value = loader.call();
        } catch (Throwable e) {
          throw new LoaderException(e);
        }
        made = stored(key, value);
        result = made;
      }
      return made;
    }
  }

  @Override
  public @Nullable CompletableFuture<?> retrieve(Object key) {
    // The result is a wrapper: by it, Spring distinguishes a null that is cached from a miss.
    if (inMemory) {
      ValueWrapper found = get(key);
      return found == null ? null : CompletableFuture.completedFuture(found);
    }
    return CompletableFuture.supplyAsync(() -> get(key), executor);
  }

  @Override
  public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
    CompletableFuture<T> result = new CompletableFuture<>();
    ValueWrapper found = inMemory ? get(key) : null;
    if (found != null) {
      @SuppressWarnings("unchecked")
      T value = (T) found.get();
      result.complete(value);
      return result;
    }
    executor.execute(
        () -> {
          try {
            result.complete(get(key, () -> loader.get().join()));
          } catch (ValueRetrievalException e) {
            result.completeExceptionally(unwrapped(e.getCause()));
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private static Throwable unwrapped(@Nullable Throwable e) {
    if (e instanceof CompletionException && e.getCause() != null) {
      return e.getCause();
    }
    return e == null ? new IllegalStateException("a load failed") : e;
  }

  @Override
  public void put(Object key, @Nullable Object value) {
    CacheKey converted = keys.name(key);
    CachedValue<Object> stored = stored(converted, value);
    failing.write("put", () -> opening.storage().put(converted.place(), stored));
  }

  @Override
  public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
    CacheKey converted = keys.name(key);
    CachedValue<Object> stored = stored(converted, value);
    return failing.read(
        () -> {
          while (!opening.storage().putIfAbsent(converted.place(), stored)) {
            ValueWrapper present = find(converted);
            if (present != null) {
              return present;
            }
          }
          return null;
        });
  }

  @Override
  public void evict(Object key) {
    evictIfPresent(key);
  }

  @Override
  public boolean evictIfPresent(Object key) {
    return opening.storage().remove(keys.find(key).place());
  }

  @Override
  public void clear() {
    opening.storage().clear();
  }

  @Override
  public boolean invalidate() {
    boolean any;
    try (Stream<String> all = opening.storage().keys()) {
      any = all.findAny().isPresent();
    }
    clear();
    return any;
  }

  /**
   * Names the place of the storage, if it is open and others may share it.
   *
   * @return the place, without secrets
   */
  public Optional<String> sharedPlace() {
    return inMemory ? Optional.empty() : opening.place();
  }

  /** Closes the storage. */
  @Override
  public void close() {
    opening.close();
  }

  /** Names the cache and, once it is open, the place of its storage, without secrets. */
  @Override
  public String toString() {
    return "the cache '%s' in %s".formatted(name, opening);
  }
}
