package io.jstorage.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** The operations of a cache on many keys. Each key stands for itself. */
final class Batches<K, V> {
  private final Entries<K, V> entries;
  private final BackingStorage backing;
  private final KeyLocks locks;
  private final WriteThrough<K, V> writer;

  Batches(
      Entries<K, V> entries, BackingStorage backing, KeyLocks locks, WriteThrough<K, V> writer) {
    this.entries = entries;
    this.backing = backing;
    this.locks = locks;
    this.writer = writer;
  }

  /** How many keys were changed, and what failed beside: a writer or listeners. */
  record Result(long count, @Nullable RuntimeException failure) {
    void orThrow() {
      if (failure != null) {
        throw failure;
      }
    }
  }

  Map<K, V> getAll(Set<? extends K> keys) {
    Map<K, V> found = new LinkedHashMap<>();
    if (entries.touches()) {
      for (K key : keys) {
        V value = entries.read(key);
        if (value != null) {
          found.put(key, value);
        }
      }
      return found;
    }
    Map<String, K> byPlace = new LinkedHashMap<>();
    keys.forEach(key -> byPlace.put(entries.found(key).place(), key));
    backing
        .getAll(byPlace.keySet())
        .forEach(
            (place, stored) -> {
              K key = byPlace.get(place);
              if (key != null) {
                found.put(key, entries.value(BackingStorage.checked(stored, entries.found(key))));
              }
            });
    return found;
  }

  Result putAll(Map<? extends K, ? extends V> values) {
    if (entries.putsBlindly()) {
      entries.putAllBlindly(values);
      return new Result(values.size(), null);
    }
    Map<K, V> toPut = new LinkedHashMap<>(values);
    return guarded(
        toPut.keySet(),
        () -> {
          List<Cache.Entry<? extends K, ? extends V>> unwritten = new ArrayList<>();
          toPut.forEach((key, value) -> unwritten.add(new KeyValue<>(key, value)));
          RuntimeException failure = writer.writeAll(unwritten);
          unwritten.forEach(entry -> toPut.remove(entry.getKey()));
          return changeAll(
              toPut.keySet(), failure, key -> Change.store(Objects.requireNonNull(toPut.get(key))));
        });
  }

  Result removeAll(Collection<? extends K> keys) {
    return guarded(
        keys,
        () -> {
          Set<K> undeleted = new HashSet<>(keys);
          RuntimeException failure = undeleted.isEmpty() ? null : writer.deleteAll(undeleted);
          List<K> deleted = new ArrayList<>(keys);
          deleted.removeAll(undeleted);
          return changeAll(deleted, failure, key -> Change.drop());
        });
  }

  /** Removes entries in one batch, without counting or notifying. */
  void removeAllSilently(Collection<? extends K> keys) {
    backing.removeAll(keys.stream().map(key -> entries.found(key).place()).toList());
  }

  private interface Work {
    Result run();
  }

  private Result guarded(Collection<? extends K> keys, Work work) {
    if (!entries.isGuarded()) {
      return work.run();
    }
    KeyLocks.Held held =
        locks.holdAll(keys.stream().map(key -> entries.name(key).place()).toList());
    try {
      return work.run();
    } finally {
      held.close();
    }
  }

  private interface Changes<K, V> {
    Change<V> of(K key);
  }

  private Result changeAll(
      Collection<? extends K> keys, @Nullable RuntimeException before, Changes<K, V> changes) {
    long count = 0;
    RuntimeException failure = before;
    for (K key : keys) {
      Outcome<V> outcome = entries.changeNow(key, entries.name(key), seen -> changes.of(key));
      if (outcome.effect() != Outcome.Effect.NONE) {
        count++;
      }
      if (outcome.failure() != null) {
        failure = Failures.first(failure, outcome.failure());
      }
    }
    return new Result(count, failure);
  }
}
