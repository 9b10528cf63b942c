package io.jstorage;

/** {@link Storage#require(String)} found nothing under the key. */
public class KeyNotFoundException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the request, the reason for the failure, and the remedy
   */
  public KeyNotFoundException(String message) {
    super(message);
  }
}
