package io.jstorage;

import org.jspecify.annotations.Nullable;

/**
 * An option is unknown, missing, of the wrong form, or does not go with the others. Thrown before
 * anything is opened; the message lists what is accepted.
 */
public class InvalidOptionException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what was asked, what exists, what to do
   */
  public InvalidOptionException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message what was asked, what exists, what to do
   * @param cause what went wrong below
   */
  public InvalidOptionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
