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

  /**
   * Makes the exception.
   *
   * @param message what was asked, what exists, what to do
   * @param cause what went wrong below
   */
  public KeyNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
