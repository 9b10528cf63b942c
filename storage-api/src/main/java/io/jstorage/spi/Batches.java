package io.jstorage.spi;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;

/** The calls of a storage for several keys: one call of its store each. */
final class Batches<V> {
  private final AbstractStorage<V> storage;
  private final Store<V> store;
  private final Loads<V> loads;

  Batches(AbstractStorage<V> storage, Store<V> store, Loads<V> loads) {
    this.storage = storage;
    this.store = store;
    this.loads = loads;
  }

  Map<String, V> getAll(Collection<String> keys) {
    List<String> distinct = distinctValid(keys);
    if (distinct.isEmpty()) {
      return Map.of();
    }
    BatchFailures failures = new BatchFailures(storage, "getAll", "get", false, distinct);
    Map<String, V> found =
        storage.call(
            "get %d keys from %s".formatted(distinct.size(), storage),
            false,
            () -> store.readAll(distinct, failures::add));
    failures.throwIfAny();
    Map<String, V> ordered = new LinkedHashMap<>(capacity(distinct.size()));
    for (String key : distinct) {
      V value = found.get(key);
      if (value != null) {
        ordered.put(key, value);
      }
    }
    return Collections.unmodifiableMap(ordered);
  }

  void putAll(Map<String, ? extends V> values, WriteOptions options) {
    storage.checkOpen();
    storage.check("putAll", options);
    Map<String, V> copy = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          storage.checkKey(key);
          copy.put(key, Objects.requireNonNull(value, "value"));
        });
    List<String> keys = List.copyOf(copy.keySet());
    BatchFailures failures = new BatchFailures(storage, "putAll", "put", true, keys);
    changeAll(
        "put",
        keys,
        () -> {
          store.writeAll(copy, options, failures::add);
          return failures;
        });
  }

  void removeAll(Collection<String> keys) {
    List<String> distinct = distinctValid(keys);
    BatchFailures failures = new BatchFailures(storage, "removeAll", "remove", true, distinct);
    changeAll(
        "remove",
        distinct,
        () -> {
          store.deleteAll(distinct, failures::add);
          return failures;
        });
  }

  private void changeAll(String operation, List<String> keys, Callable<BatchFailures> change) {
    if (keys.isEmpty()) {
      return;
    }
    boolean noted = loads.beginChanges(keys);
    BatchFailures failures;
    try {
      failures =
          storage.call("%s %d keys in %s".formatted(operation, keys.size(), storage), true, change);
    } finally {
      loads.endChanges(keys, noted);
    }
    failures.throwIfAny();
  }

  /** The initial capacity of a hash map that holds so many entries without growing. */
  static int capacity(int entries) {
    return (int) Math.ceil(entries / 0.75);
  }

  private List<String> distinctValid(Collection<String> keys) {
    storage.checkOpen();
    Set<String> distinct = new LinkedHashSet<>();
    for (String key : keys) {
      storage.checkKey(key);
      distinct.add(key);
    }
    return List.copyOf(distinct);
  }
}
