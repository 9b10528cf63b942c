package io.jstorage.jcache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** A listener of a cache with its filter, called at once or through its dispatcher. */
final class Registration<K, V> {
  private static final Logger LOGGER = System.getLogger(Registration.class.getName());

  private final CacheEntryListenerConfiguration<K, V> configuration;
  private final CacheEntryListener<? super K, ? super V> listener;
  private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;
  private final @Nullable SerialDispatcher<Event<K, V>> dispatcher;
  private volatile boolean closed;

  Registration(CacheEntryListenerConfiguration<K, V> configuration, Executor executor) {
    this.configuration = configuration;
    this.listener = configuration.getCacheEntryListenerFactory().create();
    Factory<CacheEntryEventFilter<? super K, ? super V>> filters =
        configuration.getCacheEntryEventFilterFactory();
    this.filter = filters == null ? null : filters.create();
    this.dispatcher =
        configuration.isSynchronous() ? null : new SerialDispatcher<>(executor, this::callLogging);
  }

  CacheEntryListenerConfiguration<K, V> configuration() {
    return configuration;
  }

  CacheEntryListener<? super K, ? super V> listener() {
    return listener;
  }

  /** Lets no more events through. */
  void close() {
    closed = true;
  }

  boolean wants(EventType type) {
    return switch (type) {
      case CREATED -> listener instanceof CacheEntryCreatedListener;
      case UPDATED -> listener instanceof CacheEntryUpdatedListener;
      case REMOVED -> listener instanceof CacheEntryRemovedListener;
      case EXPIRED -> listener instanceof CacheEntryExpiredListener;
    };
  }

  /**
   * Calls the listener, or lets it be called.
   *
   * @throws CacheEntryListenerException if the filter or a synchronous listener fails
   */
  void hear(Event<K, V> event) {
    if (dispatcher != null) {
      dispatcher.send(event);
      return;
    }
    try {
      call(event);
    } catch (CacheEntryListenerException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheEntryListenerException(
          "the listener %s failed: %s".formatted(listener.getClass().getName(), e), e);
    }
  }

  private void callLogging(Event<K, V> event) {
    try {
      call(event);
    } catch (RuntimeException | Error e) {
      LOGGER.log(
          Level.WARNING, "the asynchronous listener %s failed".formatted(listener.getClass()), e);
    }
  }

  @SuppressWarnings("unchecked") // The configuration says that it listens to these types.
  private void call(Event<K, V> event) {
    if (closed || (filter != null && !filter.evaluate(event))) {
      return;
    }
    Iterable<CacheEntryEvent<? extends K, ? extends V>> events = List.of(event);
    switch (event.getEventType()) {
      case CREATED -> ((CacheEntryCreatedListener<K, V>) listener).onCreated(events);
      case UPDATED -> ((CacheEntryUpdatedListener<K, V>) listener).onUpdated(events);
      case REMOVED -> ((CacheEntryRemovedListener<K, V>) listener).onRemoved(events);
      case EXPIRED -> ((CacheEntryExpiredListener<K, V>) listener).onExpired(events);
    }
  }
}
