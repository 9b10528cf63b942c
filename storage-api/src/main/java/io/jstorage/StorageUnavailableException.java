package io.jstorage;

import org.jspecify.annotations.Nullable;

/**
 * The store could not be reached, did not answer in time, or asked to come back later. Worth
 * retrying, after a look at {@link #outcomeUnknown()} where the operation was a write.
 */
public class StorageUnavailableException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the request, the reason for the failure, and the remedy
   * @param cause the underlying failure
   * @param outcomeUnknown whether the write may or may not have happened
   */
  public StorageUnavailableException(
      String message, @Nullable Throwable cause, boolean outcomeUnknown) {
    super(message, cause, outcomeUnknown);
  }
}
