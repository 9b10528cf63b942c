package io.jstorage;

import org.jspecify.annotations.Nullable;

/**
 * An access to a storage failed. The message names the operation, the key (control characters
 * escaped, cut at 100 characters) and the place; the cause is the store's own exception.
 *
 * <p>A failure is never reported as a miss. Unless {@link #outcomeUnknown()} says otherwise, a
 * failed write changed nothing.
 */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whether the write may have happened. */
  private final boolean outcomeUnknown;

  /**
   * Makes the exception for a failure that changed nothing.
   *
   * @param message the request, the reason for the failure, and the remedy
   */
  public StorageException(String message) {
    this(message, null, false);
  }

  /**
   * Makes the exception for a failure that changed nothing.
   *
   * @param message the request, the reason for the failure, and the remedy
   * @param cause the underlying failure
   */
  public StorageException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  /**
   * Makes the exception.
   *
   * @param message the request, the reason for the failure, and the remedy
   * @param cause the underlying failure
   * @param outcomeUnknown whether the write may or may not have happened
   */
  public StorageException(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  /**
   * Returns whether the failed write may have happened anyway, for example because the connection
   * broke before the server's reply arrived. Read the key to learn the outcome; repeat the write
   * only if repeating is harmless.
   *
   * @return true if the write may or may not have happened, false if nothing was changed
   */
  public final boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}
