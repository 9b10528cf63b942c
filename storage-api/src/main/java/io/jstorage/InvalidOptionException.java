package io.jstorage;

import org.jspecify.annotations.Nullable;

/**
 * An option is unknown, missing, malformed, or incompatible with the others. Thrown before anything
 * is opened; the message lists the accepted options or values.
 */
public class InvalidOptionException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the request, the reason for the failure, and the remedy
   */
  public InvalidOptionException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message the request, the reason for the failure, and the remedy
   * @param cause the underlying failure
   */
  public InvalidOptionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
