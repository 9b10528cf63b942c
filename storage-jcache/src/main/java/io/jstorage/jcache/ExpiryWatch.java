package io.jstorage.jcache;

import io.jstorage.Entry;
import io.jstorage.cache.CacheKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Notifies listeners of expired entries, which the storage removes silently: it remembers the
 * entries that this cache wrote or touched, and checks at the deadline whether the entry still
 * exists. It does nothing while the cache has no listener for expiry.
 */
final class ExpiryWatch<K, V> {
  private static final Logger LOGGER = System.getLogger(ExpiryWatch.class.getName());

  /** After a deadline by this clock, which the storage's may not have reached yet. */
  private static final Duration AGAIN = Duration.ofMillis(10);

  private final BackingStorage backing;
  private final KeyLocks locks;
  private final ValueConverter<V> converter;
  private final Listeners<K, V> listeners;
  private final InstantSource clock;
  private final Supplier<ScheduledExecutorService> timer;
  private final Map<String, Expected<K>> expected = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** An entry that will expire. */
  private static final class Expected<K> {
    final CacheKey name;
    final K key;
    final Object stored;
    volatile @Nullable Future<?> alarm;

    Expected(CacheKey name, K key, Object stored) {
      this.name = name;
      this.key = key;
      this.stored = stored;
    }

    void cancel() {
      Future<?> set = alarm;
      if (set != null) {
        set.cancel(false);
      }
    }
  }

  ExpiryWatch(
      BackingStorage backing,
      KeyLocks locks,
      ValueConverter<V> converter,
      Listeners<K, V> listeners,
      InstantSource clock,
      Supplier<ScheduledExecutorService> timer) {
    this.backing = backing;
    this.locks = locks;
    this.converter = converter;
    this.listeners = listeners;
    this.clock = clock;
    this.timer = timer;
  }

  /** Expects an entry to expire at its end, or never if it has none. */
  void expect(CacheKey name, K key, Object stored, @Nullable Instant end) {
    if (end == null) {
      forget(name);
    } else if (!listeners.isEmpty() && listeners.want(EventType.EXPIRED)) {
      Expected<K> next = new Expected<>(name, key, stored);
      replaced(expected.put(name.place(), next));
      ring(next, Duration.between(clock.instant(), end));
    }
  }

  /** Expects nothing any more of an entry. */
  void forget(CacheKey name) {
    if (!expected.isEmpty()) {
      replaced(expected.remove(name.place()));
    }
  }

  void forgetAll() {
    expected.values().forEach(Expected::cancel);
    expected.clear();
  }

  void close() {
    closed = true;
    forgetAll();
  }

  private static void replaced(@Nullable Expected<?> before) {
    if (before != null) {
      before.cancel();
    }
  }

  private void ring(Expected<K> entry, Duration delay) {
    if (!closed) {
      entry.alarm =
          timer.get().schedule(() -> look(entry), delay.toMillis() + 1, TimeUnit.MILLISECONDS);
    }
  }

  private void look(Expected<K> entry) {
    try {
      KeyLocks.Held held = locks.hold(entry.name.place());
      try {
        if (!closed && expected.get(entry.name.place()) == entry) {
          lookNow(entry);
        }
      } finally {
        held.close();
      }
    } catch (RuntimeException | Error e) {
      expected.remove(entry.name.place(), entry);
      if (!closed) {
        LOGGER.log(Level.WARNING, "cannot tell of the end of '%s'".formatted(entry.name.text()), e);
      }
    }
  }

  private void lookNow(Expected<K> entry) {
    if (!backing.contains(entry.name)) {
      expected.remove(entry.name.place(), entry);
      V value = converter.fromStored(entry.stored);
      RuntimeException failure = listeners.tell(EventType.EXPIRED, entry.key, value, value);
      if (failure != null) {
        LOGGER.log(Level.WARNING, "a listener failed at the end of an entry", failure);
      }
      return;
    }
    // Another process has given it more time, or the storage's clock is behind.
    Entry<Stored<Object>> present = backing.entry(entry.name);
    Instant end = present == null ? null : present.value().expiresAt();
    if (present != null && end == null) {
      expected.remove(entry.name.place(), entry);
      return;
    }
    Duration left = end == null ? Duration.ZERO : Duration.between(clock.instant(), end);
    ring(entry, left.compareTo(AGAIN) > 0 ? left : AGAIN);
  }
}
