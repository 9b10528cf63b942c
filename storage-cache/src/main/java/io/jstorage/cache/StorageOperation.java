package io.jstorage.cache;

/** An operation of a storage, as it is reported to a {@link StorageObserver}. */
public enum StorageOperation {
  /** Reads one value, also for a loader or the map view. */
  GET("get"),

  /** Reads several values. */
  GET_ALL("getAll"),

  /** Runs a loader. */
  LOAD("load"),

  /** Writes one value, with or without a condition. */
  PUT("put"),

  /** Writes several values. */
  PUT_ALL("putAll"),

  /** Removes one value, with or without a condition. */
  REMOVE("remove"),

  /** Removes several values. */
  REMOVE_ALL("removeAll"),

  /** Asks whether there is a value. */
  CONTAINS("contains"),

  /** Begins a listing. */
  KEYS("keys"),

  /** Counts the entries. */
  SIZE("size"),

  /** Removes everything. */
  CLEAR("clear"),

  /** Removes what has expired. */
  PURGE("purgeExpired");

  private final String label;

  StorageOperation(String label) {
    this.label = label;
  }

  /**
   * Returns the name of the operation.
   *
   * @return the name of the method of {@link io.jstorage.Storage}
   */
  public String label() {
    return label;
  }
}
