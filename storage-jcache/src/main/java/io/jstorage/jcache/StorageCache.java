package io.jstorage.jcache;

import io.jstorage.Storage;
import io.jstorage.cache.CachePlace;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** A cache whose entries are in a storage: checks what it is given, and counts what is done. */
final class StorageCache<K, V> implements Cache<K, V> {
  private final String name;
  private final StorageCacheManager manager;
  private final Class<K> keyType;
  private final Class<V> valueType;
  private final Engine<K, V> engine;
  private final Entries<K, V> entries;
  private final Batches<K, V> batches;
  private final @Nullable Loading<K, V> readThrough;
  private final Statistics statistics;

  private volatile boolean closed;

  StorageCache(
      StorageCacheManager manager,
      String name,
      MutableConfiguration<K, V> settings,
      CachePlace place,
      Storage<Stored<Object>> storage,
      Expiry expiry) {
    this.name = name;
    this.manager = manager;
    this.keyType = settings.getKeyType();
    this.valueType = settings.getValueType();
    this.engine = new Engine<>(this, manager, settings, place, storage, expiry);
    this.entries = engine.entries;
    this.batches = engine.batches;
    this.readThrough = settings.isReadThrough() ? engine.loading : null;
    this.statistics = engine.statistics;
  }

  @Override
  public @Nullable V get(K key) {
    checkKey(key);
    long start = statistics.start();
    V value = entries.read(key);
    statistics.got(value != null, start);
    return value != null || readThrough == null ? value : readThrough.load(key);
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    checkKeys(keys);
    long start = statistics.start();
    Map<K, V> found = batches.getAll(keys);
    statistics.got(found.size(), keys.size() - found.size(), start);
    if (readThrough != null && found.size() < keys.size()) {
      Set<K> absent = new LinkedHashSet<>(keys);
      absent.removeAll(found.keySet());
      found.putAll(readThrough.load(absent, false));
    }
    return found;
  }

  @Override
  public boolean containsKey(K key) {
    checkKey(key);
    return entries.contains(key);
  }

  @Override
  public void loadAll(
      Set<? extends K> keys, boolean replace, @Nullable CompletionListener completion) {
    checkKeys(keys);
    engine.loadAll(Set.copyOf(keys), replace, completion);
  }

  @Override
  public void put(K key, V value) {
    check(key, value);
    long start = statistics.start();
    if (entries.putsBlindly()) {
      entries.putBlindly(key, value);
      statistics.put(1, start);
      return;
    }
    Outcome<V> outcome = entries.change(key, before -> Change.put(value));
    statistics.put(outcome.wrote() ? 1 : 0, start);
    outcome.orThrow();
  }

  @Override
  public @Nullable V getAndPut(K key, V value) {
    check(key, value);
    long start = statistics.start();
    Outcome<V> outcome = entries.change(key, before -> Change.put(value));
    statistics.got(outcome.before() != null, start);
    statistics.put(outcome.wrote() ? 1 : 0, start);
    return outcome.orThrow().before();
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> values) {
    checkOpen();
    Map<K, V> copy = new LinkedHashMap<>();
    for (Map.Entry<? extends K, ? extends V> entry : values.entrySet()) {
      check(entry.getKey(), entry.getValue());
      copy.put(entry.getKey(), entry.getValue());
    }
    long start = statistics.start();
    Batches.Result result = batches.putAll(copy);
    statistics.put(result.count(), start);
    result.orThrow();
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    check(key, value);
    long start = statistics.start();
    Outcome<V> outcome = null;
    boolean created;
    boolean present;
    if (entries.createsBlindly()) {
      created = entries.createBlindly(key, value);
      present = !created;
    } else {
      outcome = entries.change(key, before -> before == null ? Change.put(value) : Change.none());
      created = outcome.wrote();
      present = outcome.before() != null;
    }
    statistics.got(present, start);
    statistics.put(created ? 1 : 0, start);
    if (outcome != null) {
      outcome.orThrow();
    }
    return created;
  }

  @Override
  public boolean remove(K key) {
    checkKey(key);
    long start = statistics.start();
    if (!entries.isGuarded()) {
      boolean removed = entries.removeBlindly(key);
      statistics.removed(removed ? 1 : 0, start);
      return removed;
    }
    Outcome<V> outcome = entries.change(key, before -> Change.remove());
    statistics.removed(outcome.removed() ? 1 : 0, start);
    return outcome.orThrow().removed();
  }

  @Override
  public boolean remove(K key, V oldValue) {
    check(key, oldValue);
    long start = statistics.start();
    Outcome<V> outcome = entries.change(key, before -> ifEqual(before, oldValue, Change.remove()));
    statistics.got(outcome.before() != null, start);
    statistics.removed(outcome.removed() ? 1 : 0, start);
    return outcome.orThrow().removed();
  }

  /** The change of an entry that has a certain value; another one is accessed by the comparison. */
  private static <V> Change<V> ifEqual(@Nullable V before, V expected, Change<V> change) {
    return before == null
        ? Change.none()
        : Objects.deepEquals(before, expected) ? change : Change.access();
  }

  @Override
  public @Nullable V getAndRemove(K key) {
    checkKey(key);
    long start = statistics.start();
    Outcome<V> outcome = entries.change(key, before -> Change.remove());
    statistics.got(outcome.before() != null, start);
    statistics.removed(outcome.removed() ? 1 : 0, start);
    return outcome.orThrow().before();
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    check(key, oldValue);
    checkValue(newValue);
    return replaced(key, before -> ifEqual(before, oldValue, Change.put(newValue))).wrote();
  }

  @Override
  public boolean replace(K key, V value) {
    check(key, value);
    return replaced(key, before -> before == null ? Change.none() : Change.put(value)).wrote();
  }

  @Override
  public @Nullable V getAndReplace(K key, V value) {
    check(key, value);
    return replaced(key, before -> before == null ? Change.none() : Change.put(value)).before();
  }

  private Outcome<V> replaced(K key, Change.Decision<V> decision) {
    long start = statistics.start();
    Outcome<V> outcome = entries.change(key, decision);
    statistics.got(outcome.before() != null, start);
    statistics.put(outcome.wrote() ? 1 : 0, start);
    return outcome.orThrow();
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    checkKeys(keys);
    if (!entries.isGuarded() && !statistics.isEnabled()) {
      batches.removeAllSilently(keys);
      return;
    }
    long start = statistics.start();
    Batches.Result result = batches.removeAll(keys);
    statistics.removed(result.count(), start);
    result.orThrow();
  }

  @Override
  public void removeAll() {
    checkOpen();
    if (entries.isGuarded() || statistics.isEnabled()) {
      removeAll(engine.keys());
    } else {
      clear();
    }
  }

  @Override
  public void clear() {
    checkOpen();
    engine.clear();
  }

  @Override
  public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
    return Unwrapping.of(engine.settings(), type);
  }

  @Override
  public <T> @Nullable T invoke(
      K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    checkKey(key);
    Objects.requireNonNull(processor, "entryProcessor");
    return new Invocation<>(entries, readThrough, statistics, this::checkValue)
        .invoke(key, processor, arguments);
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
    checkKeys(keys);
    Objects.requireNonNull(processor, "entryProcessor");
    Map<K, EntryProcessorResult<T>> results = new HashMap<>();
    for (K key : keys) {
      try {
        T result = invoke(key, processor, arguments);
        if (result != null) {
          results.put(key, () -> result);
        }
      } catch (RuntimeException e) {
        results.put(
            key,
            () -> {
              throw e instanceof EntryProcessorException known
                  ? known
                  : new EntryProcessorException(e);
            });
      }
    }
    return results;
  }

  @Override
  public Iterator<Entry<K, V>> iterator() {
    checkOpen();
    return new EntryIterator<>(this, engine.snapshot(), entries, statistics);
  }

  @Override
  public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> listener) {
    checkOpen();
    engine.register(Objects.requireNonNull(listener, "cacheEntryListenerConfiguration"));
  }

  @Override
  public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> listener) {
    checkOpen();
    engine.deregister(Objects.requireNonNull(listener, "cacheEntryListenerConfiguration"));
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public CacheManager getCacheManager() {
    return manager;
  }

  Configuration<K, V> settings() {
    return engine.settings();
  }

  void enableManagement(boolean enabled) {
    checkOpen();
    engine.enableManagement(enabled);
  }

  void enableStatistics(boolean enabled) {
    checkOpen();
    engine.enableStatistics(enabled);
  }

  @Override
  public void close() {
    close(() -> {});
  }

  void destroy() {
    close(engine::clear);
  }

  private void close(Runnable last) {
    closed = true;
    engine.close(last);
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return type.isInstance(this) ? type.cast(this) : engine.unwrap(type);
  }

  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the cache '%s' is closed".formatted(name));
    }
  }

  private void check(K key, V value) {
    checkKey(key);
    checkValue(value);
  }

  private void checkKey(K key) {
    checkOpen();
    if (!keyType.isInstance(Objects.requireNonNull(key, "key"))) {
      throw wrongType("keys", keyType, key);
    }
  }

  private void checkValue(V value) {
    if (!valueType.isInstance(Objects.requireNonNull(value, "value"))) {
      throw wrongType("values", valueType, value);
    }
  }

  private ClassCastException wrongType(String what, Class<?> type, Object given) {
    return new ClassCastException(
        "the %s of the cache '%s' are of %s, not of %s"
            .formatted(what, name, type.getName(), given.getClass().getName()));
  }

  private void checkKeys(Set<? extends K> keys) {
    checkOpen();
    keys.forEach(this::checkKey);
  }
}
