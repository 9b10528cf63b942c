package io.jstorage.spi;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
    BatchFailures failures = new BatchFailures("getAll", distinct);
    Map<String, V> found =
        storage.call(
            "get %d keys from %s".formatted(distinct.size(), storage),
            false,
            () ->
                store.readAll(
                    distinct, (key, e) -> failures.add(key, storage.failed("get", key, e, false))));
    failures.throwIfAny();
    Map<String, V> ordered = new LinkedHashMap<>();
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
    changeAll(
        "putAll",
        List.copyOf(copy.keySet()),
        failures ->
            store.writeAll(
                copy, options, (key, e) -> failures.add(key, storage.failed("put", key, e, true))));
  }

  void removeAll(Collection<String> keys) {
    List<String> distinct = distinctValid(keys);
    changeAll(
        "removeAll",
        distinct,
        failures ->
            store.deleteAll(
                distinct, (key, e) -> failures.add(key, storage.failed("remove", key, e, true))));
  }

  /** A change of many keys, which reports the failures of single ones. */
  private interface Batch {
    void run(BatchFailures failures) throws IOException;
  }

  private void changeAll(String operation, List<String> keys, Batch batch) {
    if (keys.isEmpty()) {
      return;
    }
    BatchFailures failures = new BatchFailures(operation, keys);
    boolean noted = loads.beginChanges(keys);
    try {
      storage.call(
          "%s %d keys in %s".formatted(operation, keys.size(), storage),
          true,
          () -> {
            batch.run(failures);
            return this;
          });
    } finally {
      loads.endChanges(keys, noted);
    }
    failures.throwIfAny();
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
