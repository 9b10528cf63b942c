package io.jstorage.spi;

import io.jstorage.BatchException;
import io.jstorage.StorageException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the failures of single keys while the rest of a batch is attempted. */
final class BatchFailures {
  private final String operation;
  private final int attempted;
  private final Map<String, StorageException> failures = new LinkedHashMap<>();

  BatchFailures(String operation, int attempted) {
    this.operation = operation;
    this.attempted = attempted;
  }

  void attempt(String key, Runnable action) {
    try {
      action.run();
    } catch (StorageException e) {
      add(key, e);
    }
  }

  void add(String key, StorageException failure) {
    failures.put(key, failure);
  }

  void throwIfAny() {
    if (!failures.isEmpty()) {
      throw new BatchException(
          "%s: %d of %d keys failed, the others were carried out; the first failure: %s"
              .formatted(
                  operation,
                  failures.size(),
                  attempted,
                  failures.values().iterator().next().getMessage()),
          failures);
    }
  }
}
