package io.jstorage;

/**
 * No storage of that name or URL scheme can be made. The message lists what is there, what could
 * not be loaded and why, and the artifact that provides a known name.
 */
public class UnknownStorageException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the request, the reason for the failure, and the remedy
   */
  public UnknownStorageException(String message) {
    super(message);
  }
}
