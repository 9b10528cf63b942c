package io.jstorage.spring;

import io.jstorage.InvalidOptionException;
import io.jstorage.Storage;
import io.jstorage.StorageException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;

/**
 * The caches of an application, each over a storage of its own. There are no others than those that
 * it was made with: a name that is not among them is no cache, and Spring says so. Thread-safe.
 */
public final class StorageCacheManager implements CacheManager, AutoCloseable {
  private final Map<String, StorageCache> caches;
  private final Map<String, Cache> visible;

  /**
   * Makes a manager.
   *
   * @param caches the caches, closed with the manager
   * @throws InvalidOptionException if two caches have one name
   */
  public StorageCacheManager(Collection<StorageCache> caches) {
    this(caches, Set.of());
  }

  /**
   * Makes a manager, some of whose caches follow transactions: what is put into those and evicted
   * from those within a transaction of Spring is done when it has been committed. This takes the
   * jars {@code spring-context-support} and {@code spring-tx}.
   *
   * @param caches the caches, closed with the manager
   * @param transactionAware the names of those that follow transactions
   * @throws InvalidOptionException if two caches have one name
   */
  public StorageCacheManager(Collection<StorageCache> caches, Set<String> transactionAware) {
    Map<String, StorageCache> own = new LinkedHashMap<>();
    Map<String, Cache> shown = new LinkedHashMap<>();
    for (StorageCache cache : caches) {
      String name = cache.getName();
      if (own.put(name, cache) != null) {
        throw new InvalidOptionException("there are two caches '%s'".formatted(name));
      }
      shown.put(name, transactionAware.contains(name) ? following(cache) : cache);
    }
    this.caches = Collections.unmodifiableMap(own);
    this.visible = shown;
  }

  private static Cache following(StorageCache cache) {
    try {
      return new TransactionAwareCacheDecorator(cache);
    } catch (NoClassDefFoundError e) {
      throw new InvalidOptionException(
          "the cache '%s' cannot follow transactions: add org.springframework:spring-context-support and org.springframework:spring-tx"
              .formatted(cache.getName()),
          e);
    }
  }

  @Override
  public @Nullable Cache getCache(String name) {
    return visible.get(name);
  }

  @Override
  public Collection<String> getCacheNames() {
    return caches.keySet();
  }

  /**
   * Returns the caches themselves.
   *
   * @return an unmodifiable collection
   */
  public Collection<StorageCache> caches() {
    return caches.values();
  }

  /**
   * Calls something for each cache as soon as its storage is open, which may be now.
   *
   * @param action receives the name of the cache and its storage; called while others wait for the
   *     storage to be opened, so it should be quick
   */
  public void whenOpen(BiConsumer<String, Storage<?>> action) {
    caches.forEach((name, cache) -> cache.whenOpen(storage -> action.accept(name, storage)));
  }

  /**
   * Closes the storages of all caches.
   *
   * @throws StorageException if closing one failed; all are closed anyway
   */
  @Override
  public void close() {
    closeAll(List.copyOf(caches.values()));
  }

  /**
   * Closes caches that no manager has.
   *
   * @param caches the caches
   * @throws StorageException if closing one failed; all are closed anyway
   */
  public static void closeAll(Collection<StorageCache> caches) {
    RuntimeException failure = null;
    for (StorageCache cache : caches) {
      try {
        cache.close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
