package io.jstorage.jcache;

import io.jstorage.Storage;
import io.jstorage.cache.CacheKeys;
import io.jstorage.cache.CachePlace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;

/** The parts that a cache is made of, and their common end. */
final class Engine<K, V> {
  private static final Logger LOGGER = System.getLogger(Engine.class.getName());

  final Statistics statistics = new Statistics();
  final Entries<K, V> entries;
  final Batches<K, V> batches;

  /** Null for a cache without a loader. */
  final @Nullable Loading<K, V> loading;

  private final StorageCache<K, V> cache;
  private final StorageCacheManager manager;
  private final boolean inMemory;
  private final BackingStorage backing;
  private final Management management;
  private final Listeners<K, V> listeners;
  private final ExpiryWatch<K, V> watch;

  /** The objects that the user gave, to be closed with the cache. */
  private final List<Object> brought = new ArrayList<>();

  private final AtomicBoolean ended = new AtomicBoolean();

  /** How it was configured; under their lock, listeners come and go, and beans appear. */
  private final Settings<K, V> settings;

  Engine(
      StorageCache<K, V> cache,
      StorageCacheManager manager,
      MutableConfiguration<K, V> given,
      CachePlace place,
      Storage<Stored<Object>> storage,
      Expiry expiry) {
    this.cache = cache;
    this.manager = manager;
    this.settings = new Settings<>(given);
    this.inMemory = place.isInMemory();
    this.backing = new BackingStorage(storage);
    this.management = new Management(manager.getURI().toString(), cache.getName());
    this.listeners = new Listeners<>(cache, manager.workers().executor());
    brought.add(expiry.policy());
    try {
      Serialization serialization = new Serialization(manager.getClassLoader());
      KeyTexts<K> keys = new KeyTexts<>(given.getKeyType(), keysOf(place, given, serialization));
      ValueConverter<V> converter = converterOf(given, serialization);
      KeyLocks locks = new KeyLocks();
      InstantSource clock = place.clock();
      ReadThrough<K, V> loader =
          given.getCacheLoaderFactory() == null
              ? null
              : new ReadThrough<>(bring(given.getCacheLoaderFactory()));
      CacheWriter<? super K, ? super V> writing =
          given.isWriteThrough() ? bring(given.getCacheWriterFactory()) : null;
      WriteThrough<K, V> writer = new WriteThrough<>(writing);
      this.watch =
          new ExpiryWatch<>(
              backing, locks, converter, listeners, clock, () -> manager.workers().timer());
      this.entries =
          new Entries<>(
              backing,
              locks,
              keys,
              converter,
              expiry,
              clock,
              writer,
              listeners,
              watch,
              loader != null);
      this.batches = new Batches<>(entries, backing, locks, writer);
      this.loading = loader == null ? null : new Loading<>(entries, backing, locks, loader);
      given.getCacheEntryListenerConfigurations().forEach(listeners::add);
      enableManagement(given.isManagementEnabled());
      enableStatistics(given.isStatisticsEnabled());
    } catch (RuntimeException | Error e) {
      hide();
      closeBrought();
      throw e;
    }
  }

  private CacheKeys keysOf(
      CachePlace place, Configuration<K, V> given, Serialization serialization) {
    if (inMemory) {
      return CacheKeys.inMemory(given.isStoreByValue() ? serialization::copy : key -> key);
    }
    List<String> allowed = new ArrayList<>(manager.configuration().allowed());
    allowed.addAll(place.allowed());
    return CacheKeys.readable(given.getKeyType(), allowed);
  }

  private ValueConverter<V> converterOf(Configuration<K, V> given, Serialization serialization) {
    return inMemory && given.isStoreByValue()
        ? ValueConverter.copying(given.getValueType(), serialization)
        : ValueConverter.identity(given.getValueType());
  }

  private <T> T bring(Factory<T> factory) {
    T made = factory.create();
    brought.add(made);
    return made;
  }

  /** The configuration as it is now. */
  MutableConfiguration<K, V> settings() {
    return settings.now();
  }

  void register(CacheEntryListenerConfiguration<K, V> listener) {
    settings.change(
        all -> {
          all.addCacheEntryListenerConfiguration(listener);
          listeners.add(listener);
        });
  }

  void deregister(CacheEntryListenerConfiguration<K, V> listener) {
    settings.change(
        all -> {
          all.removeCacheEntryListenerConfiguration(listener);
          listeners.remove(listener);
        });
  }

  void enableManagement(boolean enabled) {
    settings.change(
        all -> {
          all.setManagementEnabled(enabled);
          if (enabled) {
            management.showConfiguration(settings);
          } else {
            management.hideConfiguration();
          }
        });
  }

  void enableStatistics(boolean enabled) {
    settings.change(
        all -> {
          all.setStatisticsEnabled(enabled);
          statistics.enable(enabled);
          if (enabled) {
            management.showStatistics(statistics);
          } else {
            management.hideStatistics();
          }
        });
  }

  /** The entries that there are now, as an iterator that holds nothing open. */
  Iterator<Stored<Object>> snapshot() {
    return inMemory ? backing.peekAll() : new Snapshot(backing);
  }

  /** The keys that there are now. */
  Set<K> keys() {
    Set<K> keys = new LinkedHashSet<>();
    snapshot().forEachRemaining(stored -> keys.add(entries.key(stored)));
    return keys;
  }

  void clear() {
    watch.forgetAll();
    if (loading == null) {
      backing.clear();
    } else {
      loading.clear();
    }
  }

  /** Loads in the background; the listener is told of the end in any case. */
  void loadAll(Set<K> keys, boolean replace, @Nullable CompletionListener completion) {
    if (loading == null) {
      complete(completion, null);
      return;
    }
    manager
        .workers()
        .executor()
        .execute(
            () -> {
              try {
                cache.checkOpen();
                loading.load(keys, replace);
              } catch (RuntimeException | Error e) {
                complete(completion, e);
                return;
              }
              complete(completion, null);
            });
  }

  private void complete(@Nullable CompletionListener completion, @Nullable Throwable failure) {
    try {
      if (completion == null) {
        if (failure != null) {
          LOGGER.log(
              Level.WARNING, "a load of the cache '%s' failed".formatted(cache.getName()), failure);
        }
      } else if (failure == null) {
        completion.onCompletion();
      } else {
        completion.onException(
            failure instanceof CacheLoaderException known
                ? known
                : new CacheLoaderException(
                    "a load of the cache '%s' failed: %s".formatted(cache.getName(), failure),
                    failure));
      }
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "a completion listener failed", e);
    }
  }

  <T> T unwrap(Class<T> type) {
    Storage<Stored<Object>> storage = backing.storage();
    return type.isInstance(storage)
        ? type.cast(storage)
        : storage.unwrap(type).orElseGet(() -> Unwrapping.of(null, type));
  }

  /** Ends the work of the cache and closes the storage and all other parts, on the first call. */
  void close(Runnable last) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    manager.released(cache);
    watch.close();
    brought.addAll(listeners.close());
    try {
      hide();
      last.run();
    } finally {
      try {
        backing.close();
      } finally {
        closeBrought();
      }
    }
  }

  private void hide() {
    settings.change(
        all -> {
          management.hideConfiguration();
          management.hideStatistics();
        });
  }

  private void closeBrought() {
    for (Object each : brought) {
      if (each instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          LOGGER.log(Level.WARNING, "%s closed badly".formatted(each.getClass().getName()), e);
        }
      }
    }
  }
}
