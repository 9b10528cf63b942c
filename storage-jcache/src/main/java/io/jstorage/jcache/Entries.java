package io.jstorage.jcache;

import io.jstorage.Entry;
import io.jstorage.cache.CacheKey;
import io.jstorage.cache.CacheKeys;
import io.jstorage.jcache.Change.Decision;
import io.jstorage.jcache.Outcome.Effect;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a cache in its storage. Each change is one conditional write of a decision on the
 * value that was read. If the entry has changed concurrently, the decision is made again.
 *
 * <p>If a loader, writer or listener would notice, the changes of a key take turns within this
 * process. Other processes are excluded by the conditional write alone.
 */
final class Entries<K, V> {
  private final BackingStorage backing;
  private final KeyTexts<K> keys;
  private final ValueConverter<V> converter;
  private final Expiry expiry;
  private final InstantSource clock;
  private final WriteThrough<K, V> writer;
  private final Listeners<K, V> listeners;
  private final ExpiryWatch<K, V> watch;
  private final boolean loads;
  private final boolean touches;
  private final KeyLocks locks;

  Entries(
      BackingStorage backing,
      KeyLocks locks,
      KeyTexts<K> keys,
      ValueConverter<V> converter,
      Expiry expiry,
      InstantSource clock,
      WriteThrough<K, V> writer,
      Listeners<K, V> listeners,
      ExpiryWatch<K, V> watch,
      boolean loads) {
    this.backing = backing;
    this.locks = locks;
    this.keys = keys;
    this.converter = converter;
    this.expiry = expiry;
    this.clock = clock;
    this.writer = writer;
    this.listeners = listeners;
    this.watch = watch;
    this.loads = loads;
    this.touches = expiry.touches();
  }

  CacheKey name(K key) {
    return keys.name(key);
  }

  /** The name of a key that is only looked for. */
  CacheKey found(K key) {
    return keys.find(key);
  }

  K key(Stored<Object> stored) {
    return keys.key(stored);
  }

  V value(Stored<Object> stored) {
    return converter.fromStored(bare(stored.value()));
  }

  /** Returns the value without the key, if the entry holds its key beside it. */
  private static Object bare(Object held) {
    return held instanceof ValueWithKey pair ? pair.value() : held;
  }

  private static Stored<Object> stored(CacheKey name, @Nullable Instant end, Object bare) {
    Object kept = name.kept();
    return new Stored<>(name.text(), end, kept == null ? bare : new ValueWithKey(kept, bare));
  }

  /** Returns whether a loader, writer or listener takes part in changes. */
  boolean isGuarded() {
    return loads || writer.isOn() || !listeners.isEmpty();
  }

  /** Reads a value; the expiry policy is told of the access. */
  @Nullable V read(K key) {
    if (touches) {
      return readAndTouch(key);
    }
    // A hit needs no name: what has an entry is one.
    String guess = CacheKeys.guess(key);
    Stored<Object> stored = guess == null ? null : backing.get(guess);
    if (stored == null) {
      CacheKey name = keys.find(key);
      stored = name.place().equals(guess) ? null : backing.get(name);
    }
    return stored == null ? null : value(stored);
  }

  private @Nullable V readAndTouch(K key) {
    CacheKey name = keys.find(key);
    Entry<Stored<Object>> entry = backing.entry(name);
    if (entry == null) {
      return null;
    }
    V value = value(entry.value());
    touch(key, name, entry);
    return value;
  }

  /**
   * Tells the expiry policy of an access, and moves the deadline accordingly. If the entry was
   * changed concurrently, the change has set its own deadline.
   */
  private void touch(K key, CacheKey name, Entry<Stored<Object>> entry) {
    Lifetime lifetime = expiry.access();
    if (lifetime == null) {
      return;
    }
    Stored<Object> stored = entry.value();
    if (!lifetime.isZero()) {
      Instant end = lifetime.endFrom(clock.instant());
      if (backing.put(
          name, entry, new Stored<>(stored.key(), end, stored.value()), lifetime.time())) {
        watch.expect(name, key, bare(stored.value()), end);
      }
      return;
    }
    KeyLocks.Held held = locks.hold(name.place());
    try {
      if (backing.remove(name, entry)) {
        watch.forget(name);
        throwIfAny(tell(EventType.EXPIRED, key, value(stored), value(stored)));
      }
    } finally {
      held.close();
    }
  }

  private static void throwIfAny(@Nullable CacheEntryListenerException failure) {
    if (failure != null) {
      throw failure;
    }
  }

  /** Returns whether reading an entry may change its deadline. */
  boolean touches() {
    return touches;
  }

  boolean contains(K key) {
    return backing.contains(keys.find(key));
  }

  /** Changes an entry as decided. */
  Outcome<V> change(K key, Decision<V> decision) {
    CacheKey name = keys.name(key);
    if (!isGuarded()) {
      return changeNow(key, name, decision);
    }
    KeyLocks.Held held = locks.hold(name.place());
    try {
      return changeNow(key, name, decision);
    } finally {
      held.close();
    }
  }

  /** Changes an entry as decided; the caller holds its lock if there must be one. */
  Outcome<V> changeNow(K key, CacheKey name, Decision<V> decision) {
    Step step = new Step(key, name);
    Retries retries = new Retries();
    while (true) {
      Outcome<V> outcome = step.tryOnce(decision);
      if (outcome != null) {
        return outcome;
      }
      retries.next(name);
    }
  }

  /** Returns whether a put makes the same of every entry that may be there. */
  boolean putsBlindly() {
    return expiry.ofEveryPut() != null && !isGuarded();
  }

  /** Puts without looking at what is there. */
  void putBlindly(K key, V value) {
    Lifetime lifetime = Objects.requireNonNull(expiry.ofEveryPut());
    CacheKey name = keys.name(key);
    backing.put(name, stored(name, value, lifetime), lifetime.time());
  }

  /** Puts several entries without looking, in one batch. */
  void putAllBlindly(Map<? extends K, ? extends V> values) {
    Lifetime lifetime = Objects.requireNonNull(expiry.ofEveryPut());
    Map<String, Stored<Object>> entries = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          CacheKey name = keys.name(key);
          entries.put(name.place(), stored(name, value, lifetime));
        });
    backing.putAll(entries, lifetime.time());
  }

  /** Returns whether every new entry is made alike. */
  boolean createsBlindly() {
    return expiry.ofEveryCreation() != null && !isGuarded();
  }

  /** Puts a new entry without looking whether there is one first. */
  boolean createBlindly(K key, V value) {
    Lifetime lifetime = Objects.requireNonNull(expiry.ofEveryCreation());
    CacheKey name = keys.name(key);
    return backing.put(name, null, stored(name, value, lifetime), lifetime.time());
  }

  /** Removes an entry without reading it and without notification. */
  boolean removeBlindly(K key) {
    return backing.remove(keys.find(key));
  }

  private Stored<Object> stored(CacheKey name, V value, Lifetime lifetime) {
    Instant end = lifetime.isEternal() ? null : lifetime.endFrom(clock.instant());
    return stored(name, end, converter.toStored(value));
  }

  private @Nullable CacheEntryListenerException tell(
      EventType type, K key, V value, @Nullable V oldValue) {
    return listeners.isEmpty() ? null : listeners.tell(type, key, value, oldValue);
  }

  /** The attempts of one operation on one key. */
  private final class Step {
    private final K key;
    private final CacheKey name;
    private @Nullable V written;
    private boolean deleted;

    Step(K key, CacheKey name) {
      this.key = key;
      this.name = name;
    }

    /** Decides and writes; null if the entry changed in between. */
    @SuppressWarnings("StatementSwitchToExpressionSwitch") // Two kinds share most of a branch.
    @Nullable Outcome<V> tryOnce(Decision<V> decision) {
      Entry<Stored<Object>> seen = backing.entry(name);
      // Its time is over by this clock; whether by the storage's, too, makes no difference.
      boolean over = seen != null && isOver(seen.value());
      V before = seen == null || over ? null : value(seen.value());
      Change<V> change = decision.of(before);
      switch (change.kind()) {
        case NONE:
          return new Outcome<>(before, Effect.NONE, null);
        case ACCESS:
          if (seen != null && !over) {
            touch(key, name, seen);
          }
          return new Outcome<>(before, Effect.NONE, null);
        case REMOVE:
        case DROP:
          if (change.kind() == Change.Kind.REMOVE && !deleted) {
            writer.delete(key);
            deleted = true;
          }
          return seen == null || before == null
              ? new Outcome<>(null, Effect.NONE, null)
              : remove(seen, before);
        default:
          V value = Objects.requireNonNull(change.value());
          // A value that has no form must not reach the writer.
          Object toStore = converter.toStored(value);
          if (change.kind() == Change.Kind.PUT && written != value) {
            writer.write(key, value);
            written = value;
          }
          return seen == null || before == null
              ? create(seen, value, toStore)
              : update(seen, before, value, toStore);
      }
    }

    private boolean isOver(Stored<Object> stored) {
      return stored.expiresAt() != null && !stored.expiresAt().isAfter(clock.instant());
    }

    private @Nullable Outcome<V> remove(Entry<Stored<Object>> seen, V before) {
      if (!backing.remove(name, seen)) {
        return null;
      }
      watch.forget(name);
      return new Outcome<>(before, Effect.REMOVED, tell(EventType.REMOVED, key, before, before));
    }

    private @Nullable Outcome<V> create(
        @Nullable Entry<Stored<Object>> seen, V value, Object toStore) {
      Lifetime lifetime = expiry.creation();
      if (lifetime.isZero()) {
        return new Outcome<>(null, Effect.NONE, null);
      }
      Instant end = lifetime.endFrom(clock.instant());
      if (!backing.put(name, seen, stored(name, end, toStore), lifetime.time())) {
        return null;
      }
      watch.expect(name, key, toStore, end);
      return new Outcome<>(null, Effect.CREATED, tell(EventType.CREATED, key, value, null));
    }

    private @Nullable Outcome<V> update(
        Entry<Stored<Object>> seen, V before, V value, Object toStore) {
      Lifetime lifetime = expiry.update();
      if (lifetime != null && lifetime.isZero()) {
        return updateToNothing(seen, before, value);
      }
      Instant now = clock.instant();
      Instant end = lifetime == null ? seen.value().expiresAt() : lifetime.endFrom(now);
      Duration ttl = end == null ? null : Duration.between(now, end);
      if (ttl != null && (ttl.isNegative() || ttl.isZero())) {
        return null; // Just now it is over: the next look says so.
      }
      if (!backing.put(name, seen, stored(name, end, toStore), ttl)) {
        return null;
      }
      watch.expect(name, key, toStore, end);
      return new Outcome<>(before, Effect.UPDATED, tell(EventType.UPDATED, key, value, before));
    }

    /** An update that ends the entry at once: listeners hear of both. */
    private @Nullable Outcome<V> updateToNothing(Entry<Stored<Object>> seen, V before, V value) {
      if (!backing.remove(name, seen)) {
        return null;
      }
      watch.forget(name);
      CacheEntryListenerException failure = tell(EventType.UPDATED, key, value, before);
      CacheEntryListenerException next = tell(EventType.EXPIRED, key, value, value);
      return new Outcome<>(
          before, Effect.UPDATED, next == null ? failure : Failures.first(failure, next));
    }
  }
}
