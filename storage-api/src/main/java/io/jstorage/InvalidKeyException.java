package io.jstorage;

/**
 * The string cannot be a key: empty, too long, or with an unpaired surrogate. Thrown before any
 * access to the store.
 */
public class InvalidKeyException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the request, the reason for the failure, and the remedy
   */
  public InvalidKeyException(String message) {
    super(message);
  }
}
