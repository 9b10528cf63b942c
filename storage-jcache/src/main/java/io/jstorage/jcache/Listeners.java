package io.jstorage.jcache;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** The listeners of a cache. */
final class Listeners<K, V> {
  private final Cache<K, V> source;
  private final Executor executor;
  private final List<Registration<K, V>> registrations = new CopyOnWriteArrayList<>();

  /** Asynchronous listeners are called by the executor, which takes every task. */
  Listeners(Cache<K, V> source, Executor executor) {
    this.source = source;
    this.executor = executor;
  }

  void add(CacheEntryListenerConfiguration<K, V> configuration) {
    registrations.add(new Registration<>(configuration, executor));
  }

  @SuppressWarnings("ModifyCollectionInEnhancedForLoop") // The list is copied by each change.
  void remove(CacheEntryListenerConfiguration<K, V> configuration) {
    for (Registration<K, V> registration : registrations) {
      if (registration.configuration().equals(configuration)) {
        registrations.remove(registration);
        registration.close();
      }
    }
  }

  /** Lets no more events through, and returns the listeners. */
  List<?> close() {
    registrations.forEach(Registration::close);
    return registrations.stream().map(Registration::listener).toList();
  }

  boolean isEmpty() {
    return registrations.isEmpty();
  }

  boolean want(EventType type) {
    return registrations.stream().anyMatch(registration -> registration.wants(type));
  }

  /** Calls all listeners; returns the failure of the first one that fails. */
  @Nullable CacheEntryListenerException tell(EventType type, K key, V value, @Nullable V oldValue) {
    CacheEntryListenerException failure = null;
    for (Registration<K, V> registration : registrations) {
      if (registration.wants(type)) {
        try {
          registration.hear(new Event<>(source, type, key, value, oldValue));
        } catch (CacheEntryListenerException e) {
          failure = Failures.first(failure, e);
        }
      }
    }
    return failure;
  }
}
