package io.jstorage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Some keys of a batch failed; every other key of the batch was carried out.
 *
 * <p>{@link #outcomeUnknown()} is true if it is true of the failure of any key.
 */
public class BatchException extends StorageException {
  private static final long serialVersionUID = 1L;

  /** The failure of each key, in the order of the request. */
  private final LinkedHashMap<String, StorageException> failures;

  /**
   * Makes the exception.
   *
   * @param message the request, and how many keys of how many failed
   * @param failures the failure of each key that failed, at least one
   */
  public BatchException(String message, Map<String, ? extends StorageException> failures) {
    super(
        message,
        failures.values().iterator().next(),
        failures.values().stream().anyMatch(StorageException::outcomeUnknown));
    this.failures = new LinkedHashMap<>(failures);
  }

  /**
   * Returns the failure of each key that failed.
   *
   * @return an unmodifiable map in the order of the request, never empty
   */
  public Map<String, StorageException> failures() {
    return Collections.unmodifiableMap(failures);
  }
}
