package io.jstorage.micrometer;

import io.jstorage.cache.StorageOperation;
import io.jstorage.cache.StorageOutcome;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** The data of an observed operation, without keys and values: they may be secret or many. */
public final class StorageObservationContext extends Observation.Context {
  private final String storage;
  private final StorageOperation operation;
  private volatile @Nullable StorageOutcome outcome;

  StorageObservationContext(String storage, StorageOperation operation) {
    this.storage = storage;
    this.operation = operation;
  }

  /**
   * Returns the name of the storage.
   *
   * @return the name that the observer was made with
   */
  public String storage() {
    return storage;
  }

  /**
   * Returns the operation.
   *
   * @return the operation
   */
  public StorageOperation operation() {
    return operation;
  }

  /**
   * Returns how the operation ended.
   *
   * @return the outcome, or null while the operation is under way
   */
  public @Nullable StorageOutcome outcome() {
    return outcome;
  }

  void outcome(StorageOutcome ended) {
    this.outcome = ended;
  }
}
