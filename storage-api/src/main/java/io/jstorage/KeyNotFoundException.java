package io.jstorage;

/** {@link Storage#require(String)} found nothing under the key. */
public class KeyNotFoundException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what was asked, what exists, what to do
   */
  public KeyNotFoundException(String message) {
    super(message);
  }
}
