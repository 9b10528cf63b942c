package io.jstorage.spi;

import io.jstorage.BatchException;
import io.jstorage.StorageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Collects the failures of single keys while the rest of a batch is attempted. Thread-safe. */
final class BatchFailures {
  private final AbstractStorage<?> storage;
  private final String operation;

  /** The operation that the batch does for each key. */
  private final String single;

  private final boolean write;
  private final List<String> keys;
  private final Map<String, StorageException> failures = new ConcurrentHashMap<>();

  BatchFailures(
      AbstractStorage<?> storage,
      String operation,
      String single,
      boolean write,
      List<String> keys) {
    this.storage = storage;
    this.operation = operation;
    this.single = single;
    this.write = write;
    this.keys = keys;
  }

  /** Notes a failure; an exception that is none of the storage is the caller's at once. */
  void add(String key, Exception e) {
    RuntimeException failure = storage.failed(single, key, e, write);
    if (!(failure instanceof StorageException known)) {
      throw failure;
    }
    failures.put(key, known);
  }

  void throwIfAny() {
    if (!failures.isEmpty()) {
      Map<String, StorageException> inOrder = new LinkedHashMap<>();
      for (String key : keys) {
        StorageException failure = failures.get(key);
        if (failure != null) {
          inOrder.put(key, failure);
        }
      }
      inOrder.putAll(failures);
      throw new BatchException(
          "%s: %d of %d keys failed, the others were carried out; the first failure: %s"
              .formatted(
                  operation,
                  inOrder.size(),
                  keys.size(),
                  inOrder.values().iterator().next().getMessage()),
          inOrder);
    }
  }
}
